import type { Script } from '#lib/drills/scripts/script.ts';
import { exampleScript } from './example-script.ts';

/** The example with so many injects for everybody, released by hand. */
export function hallScript(injects: number): Script {
  const script = exampleScript();
  const [first] = script.injects;
  script.injects = [
    ...script.injects,
    ...Array.from({ length: injects }, (_, index) => ({
      ...first!,
      id: `hall-${index}`,
      code: `H-${index}`,
      title: `第 ${index + 1} 条`,
      to: [{ all: true as const }],
      trigger: { manual: true as const },
      ackLimit: undefined,
    })),
  ];
  return script;
}

/** A script of so many injects and as many expected actions, half of them waiting for a condition. */
export function bigScript(each: number): Script {
  const script = exampleScript();
  const [inject] = script.injects;
  const [expectation] = script.expectations;
  for (let index = script.injects.length; index < each; index += 1) {
    const later = { elapsed: `PT${index}M`, since: { of: 'warn', is: 'entered' as const } };
    const trigger =
      index % 2 === 0
        ? { at: `PT${index}M` }
        : { when: { all: [{ ref: { of: 'i-rain', is: 'released' as const } }, later] } };
    script.injects.push({ ...inject!, id: `i-${index}`, code: `I-${index}`, trigger });
  }
  for (let index = script.expectations.length; index < each; index += 1)
    script.expectations.push({
      ...expectation!,
      id: `e-${index}`,
      mode: 'observed',
      opensOn: { of: script.injects[index % script.injects.length]!.id, is: 'released' },
    });
  return script;
}

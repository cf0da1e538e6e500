import { expect, it } from 'vitest';
import { lookAt } from './look-at.ts';
import { smallRoutes } from './small-routes.ts';

it('finds a route of 61 lines and passes one of 60', () => {
  for (const name of ['+page.server.ts', '+server.ts', '+layout.server.ts', '+page.ts']) {
    expect(lookAt(smallRoutes, { [`src/routes/a/${name}`]: 'x;\n'.repeat(61) }), name).toHaveLength(1);
    expect(lookAt(smallRoutes, { [`src/routes/a/${name}`]: 'x;\n'.repeat(60) }), name).toEqual([]);
  }
});

it('measures pages of markup by the file rule only', () => {
  expect(lookAt(smallRoutes, { 'src/routes/a/+page.svelte': 'x\n'.repeat(200) })).toEqual([]);
});

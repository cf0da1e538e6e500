import { describe, expect, it } from 'vitest';
import { installationFault } from './installation.ts';

const here = { fingerprint: 'mine', seal: 'mine too', demoAllowed: true };

describe('installationFault', () => {
  it('lets a sound database be used', () => {
    expect(installationFault({}, here)).toBeNull();
    expect(installationFault({ keys: 'mine', demo: '2026-03-05' }, here)).toBeNull();
  });

  it('names what is wrong, the worst first', () => {
    expect(installationFault({ restoring: 'file', keys: 'other' }, here)).toBe('restore_cut_off');
    expect(installationFault({ keys: 'other' }, here)).toBe('keys_foreign');
    expect(installationFault({ keys: 'mine', seal_key: 'other' }, here)).toBe('keys_foreign');
    expect(installationFault({ keys: 'mine', demo: 'x' }, { ...here, demoAllowed: false })).toBe(
      'demo_in_real',
    );
  });
});

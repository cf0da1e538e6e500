import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess({ style: false }),
  kit: {
    adapter: adapter({ out: 'build' }),
    // scripts/serve.ts states the origin of every request, so the check below can stay strict.
    csrf: { trustedOrigins: [] },
    version: { pollInterval: 0 },
    typescript: {
      config(config) {
        config.include = [
          ...config.include,
          '../scripts/**/*.ts',
          '../seeds/**/*.ts',
          '../tests/**/*.ts',
          '../*.config.ts',
        ];
        return config;
      },
    },
  },
};

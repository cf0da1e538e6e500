import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [tailwindcss(), sveltekit()],
  build: {
    // The browser floor (docs/deployment.md): Chromium 102, Safari 15.4.
    target: ['chrome102', 'safari15.4'],
    cssTarget: ['chrome102', 'safari15.4'],
    chunkSizeWarningLimit: 1200,
  },
  css: {
    transformer: 'lightningcss',
    lightningcss: { targets: { chrome: 102 << 16, safari: (15 << 16) | (4 << 8) } },
  },
});

import { json } from '@sveltejs/kit';
import { readHealth } from '#lib/server/health.ts';

export async function GET() {
  const health = await readHealth();
  return json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}

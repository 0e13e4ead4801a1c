import { render } from 'preact';
import { followAddress } from './address.ts';
import { App } from './app.tsx';
import { inside, show } from './data.ts';
import { followKeys } from './keys.ts';
import { followServer } from './live.ts';
import { showTextsSafely } from './shown.ts';

showTextsSafely();
followAddress();
followKeys();
const page = document.getElementById('page')!;

async function start(): Promise<void> {
  const data = await inside();
  if (data) show(data);
  else void followServer();
  page.textContent = '';
  render(<App />, page);
}

start().catch((error: Error) => {
  page.textContent = `What this page holds cannot be read, in an old browser or of a file that was cut: ${error.message}`;
});

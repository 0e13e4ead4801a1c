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
const data = inside();
if (data) show(data);
else void followServer();
const page = document.getElementById('page')!;
page.textContent = '';
render(<App />, page);

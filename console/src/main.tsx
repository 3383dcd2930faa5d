/** The web console of a running service. */

import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/controls.css';
import './style/surfaces.css';
import './style/tables.css';
import './style/live.css';
import './style/hands.css';
import './style/growing-print.css';
import './style/stage.css';
import './style/whole-screen.css';
import './style/expert.css';
import './style/charts.css';
import './style/dialogs.css';
import './style/settings.css';
import './style/split-list.css';
import './style/helpers.css';
import './style/wider.css';
import './style/narrower.css';
import { render } from 'preact';
import { followAddress } from './browser/address.ts';
import { preferences } from './browser/preferences.ts';
import { Connection } from './connection/connection.ts';
import { pair, takePairingToken } from './connection/pairing-link.ts';
import { App } from './shell/app.tsx';
import { keepShell } from './shell/installation.ts';
import { followKeys } from './shell/keys.ts';
import { loadRest } from './shell/loading.ts';
import { followLanguage } from './words/speech.ts';

/** Wait before the other pages are loaded. */
const REST_MS = 3000;

const token = takePairingToken(location, history);
const connection = new Connection();
const place = document.getElementById('console');

preferences.theme.subscribe((theme) => {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
});
followAddress();
followKeys();
// Everything that is said, the state of the connection too, waits for the words.
await followLanguage();
if (place !== null) render(<App connection={connection} />, place);
void connection.start(token);
keepShell();
setTimeout(() => void loadRest(), REST_MS);

// A console link may be opened in a tab that already shows the console.
addEventListener('hashchange', () => {
  const another = takePairingToken(location, history);
  if (another !== undefined) void pair(another).then(() => connection.retry());
});

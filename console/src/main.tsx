/** The web console of a running service. */

import './style/tokens.css';
import './style/frame.css';
import './style/parts.css';
import './style/hands.css';
import './style/sample.css';
import { render } from 'preact';
import { Connection } from './connection/connection.ts';
import { pair, takePairingToken } from './connection/pairing-link.ts';
import { EnrollmentRun } from './enrollment/enrollment-run.ts';
import { App } from './frame/app.tsx';
import { MatchRun } from './matching/match-run.ts';
import { followRoute } from './pages/routes.ts';
import { TouchPad } from './touch/touch-pad.ts';

const token = takePairingToken(location, history);
const connection = new Connection();
const place = document.getElementById('console');
const common = { pad: new TouchPad(), enrollment: new EnrollmentRun(), match: new MatchRun() };
if (place !== null) render(<App connection={connection} page={followRoute()} common={common} />, place);
void connection.start(token);

// A console link may be opened in a tab that already shows the console.
addEventListener('hashchange', () => {
  const another = takePairingToken(location, history);
  if (another !== undefined) void pair(another).then(() => connection.retry());
});

// The whole program of the page: connect, wait for a finger, say who it is.
import { connectWebSocket, isBiometricError } from 'whorl/client/browser';

const [identify, cancel, answer] = ['identify', 'cancel', 'answer'].map((id) => document.getElementById(id));
const say = (text) => {
  answer.textContent = text;
};
const explain = (fault) => say(isBiometricError(fault) ? `${fault.message}. ${fault.remedy}` : String(fault));

try {
  const service = new URLSearchParams(location.search).get('service') ?? 'ws://127.0.0.1:17737/connect';
  const connection = await connectWebSocket({ url: service, token: location.hash.slice(1) });
  const session = await connection.openSession();
  identify.disabled = false;
  say('Connected.');

  identify.addEventListener('click', async () => {
    const stop = new AbortController();
    identify.disabled = true;
    cancel.disabled = false;
    cancel.onclick = () => stop.abort();
    say('Touch the reader ...');
    try {
      const outcome = await session.identify({ signal: stop.signal });
      if (outcome.kind === 'identified') say(outcome.identity.sid);
      else if (outcome.kind === 'rejected') say(outcome.report?.advice[0]?.words ?? 'Touch again.');
      else say('Nobody we know.');
    } catch (fault) {
      if (stop.signal.aborted) say('Canceled.');
      else explain(fault);
    }
    identify.disabled = false;
    cancel.disabled = true;
  });
} catch (fault) {
  explain(fault);
}

// What the window does: asks, and shows the answer.
const answer = document.getElementById('answer');

document.getElementById('identify').addEventListener('click', async () => {
  answer.textContent = 'Touch the reader ...';
  const outcome = await window.fingers.identify();
  if (outcome.kind === 'identified') answer.textContent = `${outcome.identity.sid}, score ${outcome.score.toFixed(1)}`;
  else answer.textContent = outcome.remedy ?? outcome.kind;
});
document.getElementById('cancel').addEventListener('click', () => window.fingers.cancel());

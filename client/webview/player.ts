import { button, html, icon, setAttribute, setText } from './dom.ts';
import type { Actions, Part, ViewState } from './state.ts';
import { message } from './strings.ts';

const speeds = [0.5, 1, 2, 4] as const;

/** Step, play, speed and the slider. The keys work everywhere in the view; see app.ts. */
export function createPlayer(actions: Actions, current: () => ViewState | null): Part {
  const move = (to: (state: ViewState) => number) => (): void => {
    const state = current();
    if (state) actions.select(to(state));
  };
  const tool = (name: 'first' | 'back' | 'forward' | 'last', to: (state: ViewState) => number): HTMLButtonElement => button({ class: 'tool', title: message(`player.${name}`), 'aria-label': message(`player.${name}`) }, move(to), icon(name));
  const play = button({ class: 'tool play' }, () => actions.play(!current()?.playing));
  const slider = html('input', { type: 'range', class: 'slider', min: 1, max: 1, step: 1, 'aria-label': message('player.position') });
  const position = html('output', { class: 'position' });
  const speed = html('select', { 'aria-label': message('player.speed') }, ...speeds.map(value => html('option', { value, selected: value === 1 }, `${value}×`)));
  slider.addEventListener('input', () => actions.select(slider.valueAsNumber - 1));
  speed.addEventListener('change', () => actions.setSpeed(Number(speed.value)));
  const first = tool('first', () => 0);
  const back = tool('back', state => state.index - 1);
  const forward = tool('forward', state => state.index + 1);
  const last = tool('last', state => state.steps.length - 1);
  const element = html('div', { class: 'player', role: 'group', 'aria-label': message('player') }, first, back, play, forward, last, slider, position, html('label', { class: 'speed' }, html('span', {}, message('player.speed')), speed));
  return {
    element,
    update({ index, steps, playing }, previous) {
      if (!previous || previous.playing !== playing) {
        play.replaceChildren(icon(playing ? 'pause' : 'play'));
        const title = message(playing ? 'player.pause' : 'player.play');
        setAttribute(play, 'title', title);
        setAttribute(play, 'aria-label', title);
      }
      setAttribute(slider, 'max', Math.max(1, steps.length));
      slider.value = String(index + 1);
      slider.style.setProperty('--done', `${steps.length > 1 ? (index / (steps.length - 1)) * 100 : 0}%`);
      setText(position, message('player.of', { n: index + 1, total: steps.length }));
      // Not `disabled`: the focus would be lost at the ends.
      for (const [tool, end] of [[first, 0], [back, 0], [forward, steps.length - 1], [last, steps.length - 1]] as const) setAttribute(tool, 'aria-disabled', index === end ? 'true' : null);
    },
  };
}

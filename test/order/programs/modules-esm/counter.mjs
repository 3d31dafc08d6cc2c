console.log('counter body');
export let value = 0;
export function set(next) {
  value = next;
}

/** Guest code of the abstract machine and Markdown pages are bundled as text. */
declare module '*.guest.js' {
  const text: string;
  export default text;
}
declare module '*.md' {
  const text: string;
  export default text;
}

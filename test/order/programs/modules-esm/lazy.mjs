console.log('lazy body');
export default () => 'lazy result';

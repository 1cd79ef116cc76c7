export { default as LatchletBox } from './LatchletBox.svelte';

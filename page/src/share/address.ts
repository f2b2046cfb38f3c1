/** How a model stands in an address: the command line opens the page with one. */
export { addressOf, sourceIn } from '../../../src/session/address.ts';

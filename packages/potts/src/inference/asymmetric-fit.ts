export type AsymmetricState = { readonly method: 'plm-asymmetric' };

#!/usr/bin/env node
console.log('spinformer');

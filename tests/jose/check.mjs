// SPDX-FileCopyrightText: 2026 Pitlane authors
// SPDX-License-Identifier: MIT

// A second implementation reads our tokens and refuses what is wrong with them; we read its tokens
// and refuse what is wrong with those. usage: check.mjs PEER FOLDER-WITH-NODE_MODULES
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

const [peer, folder] = process.argv.slice(2);
const jose = createRequire(`${folder}/`)('jose');

const text = (bytes) => Buffer.from(bytes).toString('base64url');
let read = 0;
let refused = 0;

// ---- ours, read by jose ----

const ours = JSON.parse(execFileSync(peer, ['issue']));
const jwk = { kty: 'OKP', crv: 'Ed25519', x: ours.x };
const key = await jose.importJWK(jwk, 'EdDSA');
const now = ours.until - 600;
const wanted = {
    issuer: ours.iss, audience: 'pitlane', typ: 'at+jwt', algorithms: ['EdDSA'],
    requiredClaims: ['sub', 'sid', 'jti', 'iat', 'nbf', 'exp', 'client_id'], clockTolerance: 60,
};
const at = (seconds) => new Date(seconds * 1000);

async function accepts(token, options) {
    const result = await jose.jwtVerify(token, key, { ...wanted, currentDate: at(now), ...options });
    read++;
    return result;
}

async function rejects(token, options, withKey = key) {
    await assert.rejects(jose.jwtVerify(token, withKey, { ...wanted, currentDate: at(now), ...options }));
    refused++;
}

const { payload, protectedHeader } = await accepts(ours.access, {});
assert.equal(protectedHeader.kid, await jose.calculateJwkThumbprint(jwk));
assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
assert.equal(payload.sub, '1');
assert.equal(payload.sid, '1');
assert.equal(payload.exp - payload.iat, 600);
await accepts(ours.access, { currentDate: at(ours.until + 59) });
await rejects(ours.access, { currentDate: at(ours.until + 61) });
await rejects(ours.access, { currentDate: at(now - 61) });
await rejects(ours.access, { audience: 'portal' });
await rejects(ours.access, { issuer: 'another shop' });
await rejects(ours.access, { typ: 'JWT' });
await rejects(ours.access, { algorithms: ['HS256'] });
const other = await jose.generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
await rejects(ours.access, {}, other.publicKey);
for (let i = 0; i < ours.access.length; i++) {
    const letter = ours.access[i] === 'A' ? 'Q' : 'A';
    await rejects(ours.access.slice(0, i) + letter + ours.access.slice(i + 1), {});
}

// ---- jose's, read by us ----

const pair = await jose.generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
const theirs = await jose.exportJWK(pair.publicKey);
const header = { alg: 'EdDSA', kid: await jose.calculateJwkThumbprint(theirs), typ: 'at+jwt' };
const claims = {
    iss: 'shop-1', aud: 'pitlane', client_id: 'pitlane', sub: '7', sid: '42', jti: 'x',
    iat: now, nbf: now, exp: now + 600,
};
const sign = (changes, head = {}, by = pair.privateKey) => {
    const said = Object.fromEntries(Object.entries({ ...claims, ...changes })
        .filter(([, value]) => value !== undefined));
    return new jose.SignJWT(said).setProtectedHeader({ ...header, ...head }).sign(by);
};
const shared = Buffer.from(theirs.x, 'base64url');
const mac = (secret) => new jose.SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(secret);
const unsecured = new jose.UnsecuredJWT(claims).encode();
const rsa = await jose.generateKeyPair('PS256');
const ec = await jose.generateKeyPair('ES256');
const good = await sign({});
const [head, body, signature] = good.split('.');

const cases = [
    ['good', good],
    ['good', await sign({ exp: now + 900 })],
    ['good', await sign({ nbf: now + 60 })],
    ['good', await sign({ iat: now - 700, nbf: now - 700, exp: now - 59 })],
    ['forged', unsecured],
    ['forged', `${text('{"alg":"none"}')}.${body}.`],
    ['forged', `${head}.${body}.`],
    ['forged', `${head}.${body}`],
    ['forged', `${head}.${body}.${signature}=`],
    ['forged', `${head}.${body}.${signature}.`],
    ['forged', ` ${good}`],
    ['forged', await mac(shared)],
    ['forged', await mac(Buffer.from(theirs.x))],
    ['forged', await mac(Buffer.from(JSON.stringify(theirs)))],
    ['forged', await sign({}, {}, other.privateKey)],
    ['forged', await sign({}, { alg: 'PS256' }, rsa.privateKey)],
    ['forged', await sign({}, { alg: 'ES256' }, ec.privateKey)],
    ['forged', await sign({ jti: 'x'.repeat(4000) })],
    ['other', await sign({}, { typ: 'JWT' })],
    ['other', await sign({}, { typ: undefined })],
    ['other', await sign({}, { kid: undefined })],
    ['other', await sign({}, { kid: 'another' })],
    ['other', await sign({}, { jwk: theirs })],
    ['other', await sign({}, { jku: 'https://example.com/keys' })],
    ['other', await sign({}, { cty: 'JWT' })],
    ['unclear', await sign({ exp: undefined })],
    ['unclear', await sign({ sub: undefined })],
    ['unclear', await sign({ sid: 42 })],
    ['unclear', await sign({ aud: ['pitlane'] })],
    ['unclear', await sign({ exp: now + 901 })],
    ['unclear', await sign({ exp: now + 0.5 })],
    ['unclear', await sign({ admin: true })],
    ['abroad', await sign({ iss: 'shop-2' })],
    ['abroad', await sign({ aud: 'portal' })],
    ['early', await sign({ nbf: now + 61 })],
    ['early', await sign({ iat: now + 61, exp: now + 600 })],
    ['expired', await sign({ iat: now - 900, exp: now - 60 })],
];
for (let i = 0; i < good.length; i++) {
    const letter = good[i] === 'A' ? 'Q' : 'A';
    cases.push(['forged', good.slice(0, i) + letter + good.slice(i + 1)]);
}
const verdicts = execFileSync(peer, ['judge', theirs.x, claims.iss, claims.aud, String(now)],
    { input: cases.map(([, token]) => `${token}\n`).join('') }).toString().trim().split('\n');
assert.equal(verdicts.length, cases.length);
cases.forEach(([expected, token], i) => assert.equal(verdicts[i], expected, token));
const taken = verdicts.filter((verdict) => verdict === 'good').length;

console.log(`jose read ${read} of our tokens and refused ${refused}; ` +
    `we read ${taken} of its tokens and refused ${cases.length - taken}`);

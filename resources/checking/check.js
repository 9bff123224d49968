// Checks a certificate's code without a network: base45, CBOR, Ed25519 (RFC 8032), and the lists written into this page.
"use strict";
const cbs = (() => {
  const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  const SAID = ["number", "name", "attended", "held", "completed_on", "issued_on", "programme", "place", "office"];
  const DAYS = new Set(["completed_on", "issued_on"]), COUNTS = new Set(["attended", "held"]);
  const utf8 = (text) => new TextEncoder().encode(text);
  const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  const bytesOf = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

  function base45(text) {
    const values = [...text].map((letter) => LETTERS.indexOf(letter));
    if (values.includes(-1) || values.length % 3 === 1) throw new Error("base45");
    const data = [];
    for (let i = 0; i < values.length; i += 3) {
      const part = values.slice(i, i + 3);
      const number = part.reduce((sum, value, at) => sum + value * 45 ** at, 0);
      if (number >= (part.length === 3 ? 65536 : 256)) throw new Error("base45");
      if (part.length === 3) data.push(number >> 8);
      data.push(number & 255);
    }
    return Uint8Array.from(data);
  }

  // One array of short values: text, bytes, whole numbers; only the shortest spelling is taken.
  function cborArray(data) {
    let at = 0;
    const take = (count) => {
      if (at + count > data.length) throw new Error("cut short");
      at += count;
      return data.slice(at - count, at);
    };
    const head = () => {
      const [first] = take(1);
      const kind = first >> 5, low = first & 31;
      if (low < 24) return [kind, low];
      if (low > 26) throw new Error("length");
      const size = [1, 2, 4][low - 24];
      const number = take(size).reduce((sum, byte) => sum * 256 + byte, 0);
      if (number < [24, 256, 65536][low - 24]) throw new Error("spelling");
      return [kind, number];
    };
    const [kind, count] = head();
    if (kind !== 4 || count > 20) throw new Error("array");
    const values = [];
    for (let i = 0; i < count; i++) {
      const [each, number] = head();
      if (each === 0) values.push(number);
      else if (each === 1) values.push(-1 - number);
      else if (each === 2) values.push(take(number));
      else if (each === 3) values.push(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(take(number)));
      else throw new Error("kind");
    }
    if (at !== data.length) throw new Error("more");
    return values;
  }

  function facts(values, names) {
    if (values.length !== names.length) throw new Error("values");
    const found = { programme: "", place: "", office: "" };
    names.forEach((name, i) => {
      const value = values[i], counts = DAYS.has(name) || COUNTS.has(name);
      if (typeof value !== (counts ? "number" : "string")) throw new Error(name);
      if (!counts && value !== value.normalize("NFC")) throw new Error("spelling");
      if (DAYS.has(name) && Math.abs(value) > 700000) throw new Error("day");
      found[name] = DAYS.has(name) ? new Date(Date.UTC(2000, 0, 1 + value)).toISOString().slice(0, 10) : value;
    });
    return found;
  }

  const isCode = (text) => /^CBS[12]:/.test(text.trim());

  function read(given) {
    const text = given.trim();
    if (!isCode(text) || text.length > 2000) throw new Error("none of ours");
    const content = base45(text.slice(5));
    if (text.startsWith("CBS2:")) {
      const payload = content.slice(0, -64), [key, ...values] = cborArray(payload);
      if (!(key instanceof Uint8Array) || key.length !== 4) throw new Error("key");
      return { facts: facts(values, SAID), key: hex(key), message: joined(utf8("CBS2:"), payload), signature: content.slice(-64) };
    }
    const [payload, signature, ...more] = cborArray(content);
    if (more.length || !(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)) throw new Error("payload");
    return { facts: facts(cborArray(payload), SAID.slice(0, 6)), key: "", message: payload, signature };
  }

  // --- SHA-512 and Ed25519, for browsers that have none

  const P = 2n ** 255n - 19n, L = 2n ** 252n + 27742317777372353535851937790883648493n, WORD = 2n ** 64n - 1n;
  const mod = (a, m = P) => ((a % m) + m) % m;
  function power(base, exponent, m = P) {
    let result = 1n, b = mod(base, m);
    for (let e = exponent; e > 0n; e >>= 1n) {
      if (e & 1n) result = (result * b) % m;
      b = (b * b) % m;
    }
    return result;
  }
  const primes = (() => {
    const found = [];
    for (let n = 2; found.length < 80; n++) if (found.every((p) => n % p)) found.push(n);
    return found;
  })();
  // The first 64 bits after the point of a root of a prime, by whole numbers alone.
  function rootBits(prime, degree) {
    const wanted = BigInt(prime) << (64n * BigInt(degree));
    let low = 0n, high = 1n << 72n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(degree) <= wanted) low = middle;
      else high = middle;
    }
    return low & WORD;
  }
  let tables;
  function sha512(data) {
    tables ||= { k: primes.map((p) => rootBits(p, 3)), h: primes.slice(0, 8).map((p) => rootBits(p, 2)) };
    const size = BigInt(data.length) * 8n, zeros = (239 - (data.length % 128)) % 128;
    const whole = joined(data, [128], new Uint8Array(zeros + 8), bytesOf(size.toString(16).padStart(16, "0")));
    const turn = (x, n) => ((x >> n) | (x << (64n - n))) & WORD;
    let state = [...tables.h];
    for (let at = 0; at < whole.length; at += 128) {
      const w = Array.from({ length: 16 }, (_, i) => BigInt("0x" + hex(whole.slice(at + 8 * i, at + 8 * i + 8))));
      for (let i = 16; i < 80; i++) {
        const a = w[i - 15], b = w[i - 2];
        const s0 = turn(a, 1n) ^ turn(a, 8n) ^ (a >> 7n), s1 = turn(b, 19n) ^ turn(b, 61n) ^ (b >> 6n);
        w.push((w[i - 16] + s0 + w[i - 7] + s1) & WORD);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 80; i++) {
        const one = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + ((e & f) ^ (~e & WORD & g)) + tables.k[i] + w[i];
        const two = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & WORD, c, b, a, (one + two) & WORD];
      }
      state = state.map((word, i) => (word + [a, b, c, d, e, f, g, h][i]) & WORD);
    }
    return bytesOf(state.map((word) => word.toString(16).padStart(16, "0")).join(""));
  }

  const D = mod(-121665n * power(121666n, P - 2n)), I = power(2n, (P - 1n) / 4n);
  const little = (bytes) => BigInt("0x" + (hex([...bytes].reverse()) || "0"));
  function point(bytes) {
    const whole = little(bytes), sign = whole >> 255n, y = whole & (2n ** 255n - 1n);
    if (y >= P) return null;
    const u = mod(y * y - 1n), v = mod(D * y * y + 1n);
    let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
    if (mod(v * x * x) !== u) x = mod(x * I);
    if (mod(v * x * x) !== u || (x === 0n && sign === 1n)) return null;
    if ((x & 1n) !== sign) x = P - x;
    return [x, y, 1n, mod(x * y)];
  }
  function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2)), c = mod(2n * t1 * t2 * D), d = mod(2n * z1 * z2);
    const e = b - a, f = d - c, g = d + c, h = b + a;
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }
  function times(n, p) {
    let result = [0n, 1n, 1n, 0n], q = p;
    for (let left = n; left > 0n; left >>= 1n) {
      if (left & 1n) result = add(result, q);
      q = add(q, q);
    }
    return result;
  }
  function bytesOfPoint([x, y, z]) {
    const inverse = power(z, P - 2n), whole = mod(y * inverse) | ((mod(x * inverse) & 1n) << 255n);
    return bytesOf(whole.toString(16).padStart(64, "0")).reverse();
  }
  const BASE = point(bytesOf("58" + "66".repeat(31)));
  function ownVerify(key, message, signature) {
    if (key.length !== 32 || signature.length !== 64) return false;
    const a = point(key), s = little(signature.slice(32));
    if (!a || s >= L) return false;
    const k = little(sha512(joined(signature.slice(0, 32), key, message))) % L;
    const minus = [mod(-a[0]), a[1], 1n, mod(-a[3])];
    return same(bytesOfPoint(add(times(s, BASE), times(k, minus))), signature.slice(0, 32));
  }
  async function verify(key, message, signature) {
    try {
      const made = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      return await crypto.subtle.verify({ name: "Ed25519" }, made, signature, message);
    } catch {
      return ownVerify(key, message, signature); // this browser has no Ed25519
    }
  }

  // --- the verdict, as checking.py gives it

  async function judge(text, lists, today) {
    let signed;
    try {
      signed = read(text);
    } catch {
      return { state: isCode(text) ? "altered" : "not a certificate" };
    }
    const named = lists.flatMap((list) => list.keys.map((key) => ({ list, key }))).filter(({ key }) => !signed.key || key.id === signed.key);
    for (const { list, key } of named) {
      if (!(await verify(bytesOf(key.public), signed.message, signed.signature))) continue;
      const age = Math.max(0, Math.round((Date.parse(today) - Date.parse(list.made_on)) / 864e5));
      const base = { facts: signed.facts, issuer: list.office, listed_on: list.made_on, age };
      const gone = list.withdrawn.find(([number]) => number === signed.facts.number);
      if (gone) return { ...base, state: "revoked", withdrawn_on: gone[1], replaced_by: gone[2] };
      if (key.revoked_on) return { ...base, state: "revoked", withdrawn_on: key.revoked_on, by_key: true };
      return { ...base, state: "genuine" };
    }
    const ours = signed.key || named.some(({ list }) => signed.facts.number.startsWith(list.code + "-"));
    return { state: named.length && ours ? "altered" : "unknown key", facts: signed.facts };
  }

  return { base45, read, sha512, ownVerify, verify, judge, hex, bytesOf };
})();

if (typeof document !== "undefined") {
  const data = JSON.parse(document.getElementById("data").textContent);
  const here = (id) => document.getElementById(id);
  const day = (iso) => iso.split("-").reverse().join(".");
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const element = (name, text, kind) => Object.assign(document.createElement(name), { textContent: text, className: kind || "" });
  const now = () => new Date(Date.now() - new Date().getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  let words, last;

  function speak(language) {
    words = data.words[language];
    document.documentElement.lang = language;
    document.title = words.title;
    document.querySelectorAll("[data-word]").forEach((each) => (each.textContent = words[each.dataset.word]));
    here("lists").replaceChildren(...data.lists.map((list) => element("li", told(list))));
    if (last) show(last);
  }

  function told(list) {
    const age = Math.max(0, Math.round((Date.parse(now()) - Date.parse(list.made_on)) / 864e5));
    return fill(words.list, { office: list.office, day: day(list.made_on), age }) + (age > 90 ? " " + words.old : "");
  }

  function show(found) {
    last = found;
    const state = found.by_key ? "revoked key" : found.state, out = [element("h2", words["head " + state], "state")];
    out.push(element("p", fill(words["text " + state], { day: found.withdrawn_on ? day(found.withdrawn_on) : "", office: found.issuer })));
    if (found.replaced_by) out.push(element("p", fill(words.replaced, { number: found.replaced_by })));
    if (found.listed_on) out.push(element("p", fill(words.list, { office: found.issuer, day: day(found.listed_on), age: found.age }), found.age > 90 ? "warn" : ""));
    if (found.facts) {
      out.push(element("p", words[found.issuer ? "compare" : "claims"]));
      const table = document.createElement("dl"), f = found.facts;
      const rows = { number: f.number, name: f.name, programme: f.programme, sessions: `${f.attended} / ${f.held}`, completed: day(f.completed_on), issued: day(f.issued_on), place: f.place, issuer: f.office || found.issuer };
      for (const [word, value] of Object.entries(rows)) if (value) table.append(element("dt", words[word]), element("dd", value));
      out.push(table);
    }
    here("result").className = found.state.replaceAll(" ", "-");
    here("result").replaceChildren(...out);
  }

  async function check(text) {
    show(await cbs.judge(text, data.lists, now()));
    here("result").focus();
  }

  here("form").addEventListener("submit", (event) => {
    event.preventDefault();
    check(here("text").value);
  });
  here("language").addEventListener("change", (event) => speak(event.target.value));
  if ("BarcodeDetector" in globalThis) {
    here("photo-part").hidden = false;
    here("photo").addEventListener("change", async (event) => {
      const [file] = event.target.files;
      if (!file) return;
      let codes = [];
      try {
        codes = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(file));
      } catch {
        codes = []; // no picture, or this browser reads none
      }
      const text = codes.map((code) => code.rawValue).find((value) => value.startsWith("CBS")) || "";
      here("text").value = text;
      check(text);
    });
  }
  for (const language of Object.keys(data.words)) {
    here("language").append(Object.assign(element("option", data.words[language].language), { value: language, lang: language }));
  }
  const wanted = (navigator.language || "").slice(0, 2);
  here("language").value = data.words[wanted] ? wanted : "en";
  speak(here("language").value);
}

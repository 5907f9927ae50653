"""Opens a Candor vault, backup or recovery file with its password, by docs/vault-format.md. Shows secrets: use it on a computer you trust.

    pip install argon2-cffi cryptography
    python3 open_vault.py FILE          (asks for the password; or give it on standard input)
"""
import base64, getpass, hashlib, json, struct, sys, unicodedata
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

def good(text):  # the generation of a copy, 0 if it is damaged
    try:
        frame = base64.b64decode(text)
    except (TypeError, ValueError):
        return 0
    fits = frame[:8] == b"CANDORCP" and hashlib.sha256(frame[:-32]).digest() == frame[-32:]
    return int.from_bytes(frame[10:18], "big") if fits else 0

data = open(sys.argv[1], "rb").read()
if data.startswith(b"{"):  # a file of Candor
    file = json.loads(data)
    if file["candor"] == "recovery":  # the newest good copy
        copies = [*(text for key, text in file["local"].items() if key.startswith("vault.")), file.get("mirror")]
        data = max(copies, key=good).encode()
    else:
        data = file["vault"].encode()
if not data.startswith(b"CANDOR"):  # a copy as the browser stores it
    data = base64.b64decode(data.strip(b'"\n '))
if data.startswith(b"CANDORCP"):  # the frame around a copy
    assert hashlib.sha256(data[:-32]).digest() == data[-32:], "this copy is damaged"
    data = data[26:-32]
assert data[:10] == b"CANDORVT\0\1", "not a vault of version 1"
password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
password = unicodedata.normalize("NFKC", password).encode()

header, at, data_key = data[:26], 55, None
for _ in range(data[54]):  # slots
    kind, _, length = struct.unpack(">BIH", data[at:at + 7])
    if kind == 1:
        memory_kib, passes, lanes = struct.unpack(">III", data[at + 7:at + 19])
        salt, nonce, wrapped = data[at + 19:at + 35], data[at + 35:at + 47], data[at + 47:at + 95]
        key = hash_secret_raw(password, salt, passes, memory_kib, lanes, 32, Type.ID)
        data_key = AESGCM(key).decrypt(nonce, wrapped, header + data[at:at + 35])
    at += 7 + length

records, = struct.unpack(">H", data[at:at + 2])
at, state = at + 2, {}
for _ in range(records):
    name, nonce, length = struct.unpack(">16s12sI", data[at:at + 32])
    plain = AESGCM(data_key).decrypt(nonce, data[at + 32:at + 32 + length], header + name)
    at += 32 + length
    if name[:14] == bytes(14):  # a part of a backup's state
        state[name] = plain
        continue
    assert plain[:6] == b"CKEY\0\1", "not a keyring of version 1"
    secret, seed = plain[10:10 + plain[9]], plain[10 + plain[9]:]
    kind = {1: "passphrase" if plain[8] & 1 else "plain", 2: "key", 3: "shares"}[plain[6]]
    print(name.hex(), kind, secret.hex(), seed.hex())
if state:
    print(json.dumps(json.loads(b"".join(state[name] for name in sorted(state))), indent=1))

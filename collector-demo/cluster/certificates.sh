#!/bin/sh
# Makes an authority of your own, and a certificate signed by it for each kind of server. Every connection
# between machines is encrypted, and both ends must show a certificate of this authority.
#
#   ./certificates.sh FOLDER
#
# Existing files are kept, so running it again is safe. Kafka and Cassandra read a key and its
# certificate from one file, NAME.pem; the other servers read NAME.key and NAME.crt. KEY_MODE is the
# mode of the keys. Keep ca.key away from the servers: who has it can be any of them.
set -eu
folder=$1
days=365
mkdir -p "$folder"
cd "$folder"

new_key() { # FILE
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null
  chmod "${KEY_MODE:-600}" "$1"
}

if [ ! -f ca.crt ]; then
  new_key ca.key
  openssl req -x509 -new -key ca.key -days 3650 -subj "/O=otel-cluster/CN=authority" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" -out ca.crt
fi

# NAME is valid for the hosts NAME, NAME-1 to NAME-3, and localhost.
certificate() { # NAME
  name=$1
  if [ -f "$name.crt" ]; then return; fi
  new_key "$name.key"
  openssl req -new -key "$name.key" -subj "/O=otel-cluster/CN=$name" -out "$name.csr"
  printf '%s\n' "subjectAltName=DNS:$name,DNS:$name-1,DNS:$name-2,DNS:$name-3,DNS:localhost" \
    "extendedKeyUsage=serverAuth,clientAuth" "basicConstraints=critical,CA:FALSE" >"$name.ext"
  openssl x509 -req -in "$name.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days "$days" \
    -extfile "$name.ext" -out "$name.crt" 2>/dev/null
  cat "$name.key" "$name.crt" >"$name.pem"
  chmod "${KEY_MODE:-600}" "$name.pem"
  rm "$name.csr" "$name.ext"
}

for name in agent gateway kafka cassandra jaeger-collector jaeger-query prometheus; do
  certificate "$name"
done

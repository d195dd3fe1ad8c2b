#!/bin/sh
# Makes the certificates that FOLDER doesn't have yet, and brings each server's own into the namespace
# otel as a Secret. The authority's key stays in FOLDER: keep it safe, and out of the cluster.
#
#   sh secrets.sh FOLDER
set -eu
folder=$1
sh "$(dirname "$0")/../../../cluster/certificates.sh" "$folder"
kubectl apply -f "$(dirname "$0")/../../base/namespace.yaml"

secret() { # NAME FILE...
  name=$1
  shift
  set -- "$name" $(printf -- "--from-file=$folder/%s " ca.crt "$@")
  kubectl create secret generic --namespace otel --dry-run=client --output yaml "$@" |
    kubectl apply --server-side -f -
}

for name in agent gateway jaeger-collector jaeger-query prometheus; do
  secret "$name-certificate" "$name.crt" "$name.key"
done
secret kafka-certificate kafka.pem
secret cassandra-certificate cassandra.pem

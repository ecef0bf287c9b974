#!/bin/bash
# Runs the service that the first argument names; java replaces the shell, so that SIGTERM reaches it.
set -eu
service=${1:-}
[ $# -gt 0 ] && shift
case "$service" in
  refresher-service | parquet-writer-service | stream-worker-service | query-service)
    own=()
    [ -f "/opt/ghala/$service.options" ] && own+=("@/opt/ghala/$service.options")
    exec java @/opt/ghala/service.options "${own[@]}" ${JAVA_OPTIONS:-} -jar "/opt/ghala/$service.jar" "$@"
    ;;
  cli)
    terminal=()
    [ -t 0 ] && terminal+=(-Dghala.typed=yes)
    [ -t 1 ] && terminal+=("-Dghala.columns=$(stty size 2>/dev/null | cut -d' ' -f2)")
    exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dio.netty.noUnsafe=false \
      -Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider -Dslf4j.internal.verbosity=WARN "${terminal[@]}" -jar /opt/ghala/client-cli.jar "$@"
    ;;
  *)
    echo "entrypoint: '$service' is no service: use refresher-service, parquet-writer-service, stream-worker-service, query-service or cli" >&2
    exit 2
    ;;
esac

#!/bin/bash
# Starts the stack on a scratch copy of the sample folder, runs the demo's flow through it and takes it down. Exit code 0 only when every step was right.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0
export COMPOSE_PROJECT_NAME=ghalatry$$
export HTTP_TOKEN=try-$RANDOM$RANDOM SCAN_INTERVAL_SEC=0.2
scratch=$(mktemp -d)
own_docker=""

compose() { docker-compose -f deploy/docker-compose.yml "$@"; }
cli() { compose run --rm -T cli cli "$@" 2>>"$scratch/cli.log" | tr -d '\r'; }

clean_up() {
  local code=$?
  if [ "$code" -ne 0 ]; then
    compose logs --tail 60 2>/dev/null || true
    cat "$scratch/cli.log" 2>/dev/null || true
  fi
  compose down -v --remove-orphans --timeout 45 >/dev/null 2>&1 || true
  [ -n "$own_docker" ] && kill "$own_docker" 2>/dev/null && wait "$own_docker" 2>/dev/null || true
  rm -rf "$scratch"
  exit "$code"
}
trap clean_up EXIT

# step WHAT EXPECTED COMMAND…: repeats the command until it prints EXPECTED, for TRY_SECONDS at most.
step() {
  local what=$1 expected=$2 result="" began
  shift 2
  began=$(date +%s%N)
  local patience=$((SECONDS + ${TRY_SECONDS:-180}))
  while [ "$SECONDS" -lt "$patience" ]; do
    result=$("$@" || true)
    [ "$result" = "$expected" ] && break
    sleep 1
  done
  printf '%-5s %-62s %6d ms  %s\n' "$([ "$result" = "$expected" ] && echo ok || echo WRONG)" "$what" \
    $((($(date +%s%N) - began) / 1000000)) "$result"
  [ "$result" = "$expected" ]
}

if ! command -v dockerd >/dev/null || ! command -v docker-compose >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq docker.io docker-compose >/dev/null
fi
if ! docker info >/dev/null 2>&1; then
  echo "starting a Docker daemon"
  dockerd >"$scratch/dockerd.log" 2>&1 &
  own_docker=$!
  for _ in $(seq 60); do docker info >/dev/null 2>&1 && break; sleep 0.5; done
fi
[ -f dist/query-service.jar ] || ./mvnw -q -Dquick package
if ! docker image inspect redis:7 eclipse-temurin:17-jre >/dev/null 2>&1; then
  command -v redis-server >/dev/null || apt-get install -y -qq redis-server >/dev/null
  bash deploy/standin-images.sh
fi

cp -r shared_db "$scratch/db"
rm -rf "$scratch/db/.ghala"
export GHALA_DATA=$scratch/db GHALA_UID=1000
chown -R 1000 "$scratch/db"
chmod 755 "$scratch"

compose build -q
compose up -d --scale query-service=2 --scale stream-worker-service=2
healthy() { docker ps --filter "name=${COMPOSE_PROJECT_NAME}" --filter health=healthy -q | wc -l | tr -d ' '; }
step "seven containers are healthy" 7 healthy

csv() { cli sql "$1" --format csv | tail -n +2; }
after() { cli sql "$1" --format csv --after "$2" | tail -n +2; }
step "the sample orders are there" 6 csv 'SELECT count(*) FROM orders'
step "three tables join" "Amina Odhiambo,181.5" csv \
  'SELECT c.name, round(sum(o.quantity * p.price), 2) AS s FROM orders o JOIN customers c ON c.id = o.customer_id JOIN products p ON p.id = o.product_id GROUP BY c.name ORDER BY s DESC LIMIT 1'
token=$(cli enqueue_upsert orders 1001 '{"customer_id":1,"product_id":"p-1","quantity":99}' --wait)
step "an upsert is seen with its token" 99 after 'SELECT quantity FROM orders WHERE id = 1001' "$token"
token=$(cli enqueue_delete orders 1002 --wait)
step "a delete is seen with its token" 0 after 'SELECT count(*) FROM orders WHERE id = 1002' "$token"
echo '{"id":2000,"customer_id":2,"product_id":"p-2","quantity":1}' >"$scratch/db/orders/o-2000.json"
step "a file dropped by hand is seen" 6 csv 'SELECT count(*) FROM orders'
rm "$scratch/db/orders/o-2000.json"
step "a file removed by hand is gone" 5 csv 'SELECT count(*) FROM orders'

ask() {
  local address
  address=$(compose port --index="$1" query-service 8080)
  curl -s -H "Authorization: Bearer $HTTP_TOKEN" --data-binary 'SELECT count(*) AS n FROM orders' "http://$address/sql"
}
step "the first query-service answers over HTTP" '[{"n":5}]' ask 1
step "the second one gives the same answer" '[{"n":5}]' ask 2
unauthorised() {
  curl -s -o /dev/null -w '%{http_code}' --data-binary 'SELECT 1' "http://$(compose port --index=1 query-service 8080)/sql"
}
step "without the token it refuses" 403 unauthorised
magic() { head -c 4 "$scratch/db/orders.parquet"; }
step "the Parquet file is there" PAR1 magic
echo "try-stack: every step was right"

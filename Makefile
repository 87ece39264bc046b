VENV ?= .venv
PY := $(VENV)/bin/python -W ignore
READY := $(VENV)/.ready
export RASA_TELEMETRY_ENABLED := false
export PYTHONPATH := .
export OMP_WAIT_POLICY := PASSIVE# the embedder's threads would otherwise spin and starve the other processes

.PHONY: help run setup index catalogue ranker train test test-scale check lint-content lock evaluate bench soak fuzz frontend chromium postgresql redis
help: ## show the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | column -t -s'|'

run: $(READY) ## set up what is missing, start everything, print the address
	@$(PY) -m deploy.local

setup: $(READY) ## build the environment
$(READY): requirements.lock pyproject.toml deploy/local/setup.sh
	@deploy/local/setup.sh

index: $(READY) ## build the index of guides, if something changed
	@$(PY) -m motcua.retrieval

catalogue: $(READY) ## import records of the national portal: make catalogue FILE="…" [AS_OF=2026-07-20]
	@$(PY) -m motcua.procedures.catalogue $(FILE) $(if $(AS_OF),--as-of $(AS_OF))

ranker: $(READY) ## learn anew how evidence is weighed, after a change of the evidence: needs the catalogue, takes minutes
	@$(PY) -m motcua.ranking

train: $(READY) ## train the model, if something changed
	@$(PY) -m bot.train

test: $(READY) chromium postgresql redis index train ## set up and run all tests
	@if [ -z "$$SHARED_DATA" ]; then echo "SHARED_DATA is not set: tests over the official records are left out."; fi
	@$(VENV)/bin/python -m pytest

check: $(READY) ## format, lint, types, import rules, content
	@$(VENV)/bin/ruff format --check . && $(VENV)/bin/ruff check . && $(VENV)/bin/mypy && $(VENV)/bin/lint-imports
	@$(MAKE) --no-print-directory lint-content

lint-content: $(READY) ## check the guides against their model and the wording rules
	@$(PY) -m motcua.procedures.linter knowledge_base/procedures
	@$(PY) -m motcua.procedures.life_events knowledge_base
	@$(PY) -m motcua.procedures.digital_skills knowledge_base
	@$(PY) -m motcua.places.linter knowledge_base

evaluate: $(READY) index train ## measure on the held-out questions and write docs/benchmarks.md: make evaluate [ARGS="--compare OLD.json"]
	@$(PY) -m tests.evaluation.report $(ARGS)

test-scale: $(READY) index train ## two of each process on PostgreSQL, Redis, RabbitMQ and nginx, each killed in turn (installs the servers)
	@for package in postgresql redis-server rabbitmq-server nginx; do dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	  [ -z "$$missing" ] || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq $$missing >/dev/null; } || \
	  { echo "The test needs these packages:$$missing" >&2; exit 1; }
	@$(VENV)/bin/python -m pytest tests/scale
	@$(PY) -m tests.scale.throughput

bench: $(READY) index ## compare with stock Rasa and write docs/benchmarks.md; an hour's training first: make bench [ARGS="--short --pairs 2"]
	@$(PY) -m tests.bench $(ARGS)

soak: $(READY) index train ## the whole assistant under 8 and 32 users, then half an hour under 8: make soak [MINUTES=30]
	@$(PY) -m tests.load.soak $(or $(MINUTES),30)

fuzz: $(READY) ## damaged inputs through every parser that meets the outside: make fuzz [N=1000000] [SEED=0]
	@$(PY) -m tests.fuzz $(or $(N),100000) $(or $(SEED),0)

frontend: ## build style, scripts and fonts of page and console anew (needs Node)
	@cd frontend && npm ci --ignore-scripts --silent && npm run --silent build

lock: ## resolve pyproject.toml into requirements.lock
	@deploy/local/lock.sh

chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get install -y -qq chromium >/dev/null; } || \
	  { echo "The browser tests need Chromium: install the package chromium." >&2; exit 1; }

postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get install -y -qq postgresql >/dev/null; } || \
	  { echo "The gateway's tests need PostgreSQL: install the package postgresql." >&2; exit 1; }

redis:
	@command -v redis-server >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get install -y -qq redis-server >/dev/null; } || \
	  { echo "The bot's tests need Redis: install the package redis-server." >&2; exit 1; }

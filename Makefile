# `make run` shows the project with its first story; `make test` says whether it holds.

PYTHON ?= python3
PORT ?= 8000
SITE_URL = http://localhost:$(PORT)

.PHONY: run test format venv

run: export DEBUG = 1
run: export SITE_URL := $(SITE_URL)
run: venv
	@.venv/bin/python manage.py migrate --verbosity 0
	@.venv/bin/python manage.py rebuild_timeline --if-needed >/dev/null
	@.venv/bin/python manage.py loaddata openai_nato
	@.venv/bin/python manage.py desk_accounts writer=Writer editor=Editor
	@echo
	@echo "Timeline:  $(SITE_URL)/"
	@echo "Feed:      $(SITE_URL)/api/v1/timeline/"
	@echo "Desk:      $(SITE_URL)/admin/"
	@echo
	@.venv/bin/python manage.py runserver $(PORT)

test: venv
	@scripts/test

format: venv
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

venv:
	@scripts/venv "$(PYTHON)" .venv

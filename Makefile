# The workshop. `make` alone lists what it can do.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

.PHONY: help site serve check changes schemas report ready scope test inspect coverage verify mutation bench wheel lint format docs lock audit clean needs FORCE

VENV := .venv
PY := $(VENV)/bin/python

# One more than there are processors: a test that waits for its browser leaves one idle.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

# Stamps are named for what the locks say, not for when they were written: a second run does nothing,
# a checkout that only touches a lock installs nothing, a changed lock installs at once.
sum_of = $(firstword $(shell cat $(1) | cksum))
RUNTIME := $(VENV)/.runtime-$(call sum_of,requirements.lock)
INSPECT := $(VENV)/.inspect-$(call sum_of,requirements.lock requirements-inspect.lock)
DEV := $(VENV)/.dev-$(call sum_of,requirements.lock requirements-inspect.lock requirements-dev.lock)
NODE := node_modules/.installed-$(call sum_of,package.json package-lock.json)
# With the development ones, which the long tests alone need: some 190 packages more.
NODE_ALL := $(NODE)-all
# A .venv whose Python has gone from the machine is made anew, whatever its stamps say.
BROKEN := $(if $(realpath $(PY)),,FORCE)

help:
	@echo 'make TARGET:'
	@sed -nE 's/^([a-z]+):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 12

# ADDRESS=https://example.org BASE_PATH=/archive REPOSITORY=https://example.org/someone/archive take the place of what
# site_config.yaml says. ARCHIVE=preview.zip also packs it into a file whose pages open from a disk.
site: $(RUNTIME) ## build the site into output/ | 生成网站到 output/
	@source tools/where.sh; $(PY) build.py build $${where[@]+"$${where[@]}"} $(if $(ARCHIVE),--archive "$(ARCHIVE)")
export ADDRESS BASE_PATH REPOSITORY

serve: $(RUNTIME) ## preview the site; every save is built and reloaded | 本地预览，保存即刷新
	@$(PY) build.py serve

# FORMAT=github marks the lines of a pull request.
check: $(RUNTIME) ## say every fault of the content, write nothing | 检查内容，不写文件
	@source tools/where.sh; $(PY) build.py check $${where[@]+"$${where[@]}"} $(if $(FORMAT),--format $(FORMAT))

# SINCE=COMMIT: what it had, else the commit before. SITE=https://… is where the site as it would be can be fetched.
changes: $(RUNTIME) ## say in words what this branch changes: make changes SINCE=main | 用文字列出本分支带来的变化
	@since=$$(git rev-parse --verify --end-of-options "$${SINCE:-HEAD^1}^{commit}"); \
	before=$$(mktemp -d); trap 'git worktree remove --force "$$before"' EXIT; \
	git worktree add --quiet --detach "$$before" "$$since"; \
	$(PY) build.py diff "$$before" . --format markdown $${SITE:+--site "$$SITE"}

schemas: $(RUNTIME) ## renew what completes ids while you type | 更新输入提示所用的清单
	@$(PY) build.py schemas

# FILE=issue.md: the filled form.
report: $(RUNTIME) ## draft a reader's report | 把读者来信拟成草稿
	@$(PY) build.py new from-report "$(FILE)"

test: $(DEV) $(NODE) needs lint ## run the tests of every change (minutes) | 运行测试（数分钟）
	@echo '==> pytest'
	@$(PY) -m pytest -q -m 'not long' -n $(WORKERS) --maxprocesses 4 --dist worksteal

# Not what `make test` needs: that is three times as much.
ready: $(INSPECT) $(NODE) needs ## install what the targets check, site and inspect need | 安装 check、site、inspect 所需

# SINCE=COMMIT: what has to be tested if that commit was sound.
scope: ## say whether content alone has changed since a commit | 判断某次提交以来是否只改了内容
	@tools/scope.sh "$${SINCE:-}"

# SINCE=COMMIT: only pages that differ from those of that commit.
inspect: ready ## look at the pages in output/ as a reader's browser shows them | 用浏览器检查已生成的网页
	@tools/inspect.sh "$${SINCE:-}"

# Apart from `test`: measuring makes every build several times slower.
coverage: $(DEV) $(NODE) needs ## measure which lines and branches those tests reach | 统计测试覆盖率
	@mkdir -p .cache/coverage && rm -f .cache/coverage/data*
	@echo '==> pytest, measured'
	@$(PY) -m coverage run -m pytest -q -m 'not long' -n $(WORKERS) --maxprocesses 4 --dist worksteal
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report

verify: $(DEV) $(NODE_ALL) needs ## run the long tests: every variant, every page, Lighthouse (an hour or two) | 运行耗时较长的测试（一两小时）
	@tools/needs.sh chromium
	@$(ARE_THERE) || { $(NOT_THERE); exit 1; }
	@echo '==> pytest, the long ones'
	@$(PY) -m pytest -q -m 'long and not alone' -n auto --maxprocesses 2 --dist worksteal
	@echo '==> weight, valid HTML, Lighthouse'
	@$(PY) -m pytest -q -m 'alone or not long' tests/archive/test_weight.py tests/site/test_html.py tests/browser/test_lighthouse.py

# MODULES='records/claim site/recall': those alone.
mutation: $(DEV) ## make slips in the core, one at a time: some test must notice each (hours) | 逐一改错核心代码，测试须能发现（数小时）
	@echo '==> mutation testing: some hours for all of the core, minutes for one module'
	@$(PY) -m tools.mutation $(MODULES)

# OPTIONS='--sizes 500 --repeats 5' or --large: see benchmarks/README.md.
bench: $(RUNTIME) ## build one corpus with this and with peers, side by side (an hour) | 与同类工具比较速度（约一小时）
	@$(PY) -m benchmarks.run --install $(OPTIONS)

wheel: $(DEV) ## pack the generator, to install it elsewhere: a file in dist/ | 把生成器打包到 dist/，供别处安装
	@$(PY) -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --wheel-dir dist .
	@rm -rf build expoarchive.egg-info
	@ls dist/*.whl

lint: $(DEV) ## ruff and mypy | 检查代码的写法与类型
	@echo '==> ruff'
	@$(PY) -m ruff check --quiet --output-format concise .
	@$(PY) -m ruff format --check --quiet . || { $(PY) -m ruff format --check .; echo 'To lay it out so: make format'; exit 1; }
	@echo '==> mypy'
	@$(PY) -m mypy --no-error-summary

format: $(DEV) ## lay the code out | 整理代码格式
	@$(PY) -m ruff check --quiet --fix . ; $(PY) -m ruff format .

docs: $(RUNTIME) ## write the documents that are made from the code | 由代码生成文档
	@$(PY) -m tools.docs

# PACKAGES='jinja2 tornado': those alone, and what they ask for.
lock: ## renew the locks of exact versions | 更新依赖锁定文件
	@tools/lock.sh $(PACKAGES)

# Apart from `test`: the answer changes from day to day, and needs the network.
audit: $(DEV) ## ask whether a pinned package has a known hole | 查询锁定的依赖有无已知漏洞
	@tools/needs.sh npm
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(PY) -m tools.audit

clean: ## remove what make made: output/, .venv, node_modules, peers, caches | 删除生成物
	@if [[ -e output/.expoarchive.json && ! -L output ]]; then rm -rf output; fi
	@rm -rf .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache benchmarks/.peers
	@rm -f dist/expoarchive-*.whl
	@find benchmarks expoarchive tests tools -type d -name __pycache__ -prune -exec rm -rf {} +
	@if [[ -e $(VENV)/.made-by-make ]]; then rm -rf $(VENV); fi
	@if compgen -G 'node_modules/.installed-*' >/dev/null; then rm -rf node_modules; fi

needs:
	@tools/needs.sh java npm browser

COULD_NOT := { echo 'Could not install it: the lines above say why. Is there a network? / 安装失败，原因见上。网络是否可用？' >&2; exit 1; }
# Only files whose digest is in the lock. One that is to be built would fetch its builders without any.
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all:
# A package that is not for this Node is an error, not a warning.
INSTALL_NODE := npm ci --engine-strict --ignore-scripts --no-audit --no-fund --loglevel=error
# Names each package of package.json that is not where the stamp says it is.
ARE_THERE := npm ls --depth=0 --loglevel=error >/dev/null
NOT_THERE := echo 'node_modules lacks the packages named above: rm -r node_modules, then again. / node_modules 缺少上面列出的包：先 rm -r node_modules，再重新运行。' >&2

$(RUNTIME): $(BROKEN)
	@python="$$(tools/needs.sh python)"; \
	echo '==> Installing what the site needs into $(VENV) / 正在安装依赖到 $(VENV)'; \
	$(PY) -c '' 2>/dev/null || { "$$python" -m venv --clear $(VENV) && touch $(VENV)/.made-by-make; }
	@$(INSTALL) -r requirements.lock || $(COULD_NOT)
	@$(PY) -m pip --disable-pip-version-check check >/dev/null
	@rm -f $(VENV)/.runtime-* && touch $@

$(INSPECT): $(RUNTIME)
	@echo '==> Installing what looks at pages into $(VENV) / 正在安装网页检查所需'
	@$(INSTALL) -r requirements-inspect.lock || $(COULD_NOT)
	@$(PY) -m pip --disable-pip-version-check check >/dev/null
	@rm -f $(VENV)/.inspect-* && touch $@

$(DEV): $(INSPECT)
	@echo '==> Installing what the tests need into $(VENV) / 正在安装测试所需'
	@$(INSTALL) --no-binary bagit -r requirements-dev.lock || $(COULD_NOT)
	@$(PY) -m pip --disable-pip-version-check check >/dev/null
	@rm -f $(VENV)/.dev-* && touch $@

$(NODE): | needs
	@echo '==> Installing the page checkers into node_modules / 正在安装网页检查工具'
	@$(INSTALL_NODE) --omit=dev || $(COULD_NOT)
	@touch $@

$(NODE_ALL): | needs
	@echo '==> Installing the page checkers and Lighthouse into node_modules / 正在安装网页检查工具与 Lighthouse'
	@$(INSTALL_NODE) || $(COULD_NOT)
	@touch $(NODE) $@

# Built in one stage, run in another: no compiler, no pip cache and no source folder in what runs.
FROM python:3.13-slim AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/compassbot
ENV PATH=/opt/compassbot/bin:$PATH
WORKDIR /src
# First what seldom changes, so that a change in the code does not install everything again.
COPY requirements.lock ./
RUN pip install --require-hashes --requirement requirements.lock
COPY . ./
RUN pip install --no-deps --no-build-isolation . \
    && pip uninstall --yes hatchling editables pip


FROM python:3.13-slim

LABEL org.opencontainers.image.title="compassbot" \
      org.opencontainers.image.description="Moral case deliberation in chat, for public service" \
      org.opencontainers.image.licenses="EUPL-1.2"

# A fixed number, so that an organisation can give a folder of its own to this user.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin compass \
    && install --directory --owner=compass --group=compass --mode=0700 /data
COPY --from=build /opt/compassbot /opt/compassbot

# MPLCONFIGDIR: the picture maker keeps its list of fonts there; the rest of the image may be read-only.
ENV PATH=/opt/compassbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    COMPASSBOT_DATA_DIR=/data \
    COMPASSBOT_HOST=0.0.0.0 \
    COMPASSBOT_PORT=8000
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"COMPASSBOT_PORT\"]}/healthz', timeout=4)"]
CMD ["compassbot", "serve"]

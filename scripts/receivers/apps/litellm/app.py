"""The proxy of LiteLLM before one model, whose address is in MODEL_URL."""

import os

# Without it every start waits for a list of prices on the network.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
os.execvp(
    os.path.join("venv", "bin", "litellm"),
    ["litellm", "--config", "config.yaml", "--host", "127.0.0.1", "--port", os.environ["PORT"]],
)

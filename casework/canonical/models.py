"""No models: what is canonical are views. Django tells an app that a migrate has ended only where this module is."""

"""The record itself: a Django project over PostgreSQL, standing on the core package `goldenthread`."""

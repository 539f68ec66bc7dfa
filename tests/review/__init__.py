"""Tests of reviews, which share a few values."""

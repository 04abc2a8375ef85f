"""Calls, meetings and letters: noting them, their texts in versions, who took part."""

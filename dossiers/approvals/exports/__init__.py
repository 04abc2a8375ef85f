"""A path on paper, as BPMN, and for the client's eyes."""

"""The card reader room: the protocol by recorded dialogues, readers by a real PC/SC stack."""

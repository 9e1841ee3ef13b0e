"""The sections of the page, one file each; every one turns its part of the report into markup."""

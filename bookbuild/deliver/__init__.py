"""The way onto the device: by cable, by mail, without either; it takes finished files and never makes one."""

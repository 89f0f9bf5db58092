"""The main window: menus, panels, dialogs."""

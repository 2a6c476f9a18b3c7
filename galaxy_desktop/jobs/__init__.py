"""Long work, in processes of its own: the window's frames never wait for it."""

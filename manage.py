#!/usr/bin/env python3
"""Django's manage.py that first makes its own `.venv`; needs nothing but Python and its standard library.

`demo`, `test`, `eisen` and `omgeving` are handled here; every other word is a Django management command.
Standard output belongs to the command's result: everything said here goes to standard error.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: no locks, and servers of your own
    fcntl = None

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
UV = "uv==0.13.9"
SUPPORTED = ((3, 11), (3, 14))
# Every group holds the ones before it, so an installed group also answers for those.
GROUPS = ("app", "test", "controle")
GROUP_OF_COMMAND = {"test": "test"}


class BootstrapError(Exception):
    """Something the user has to solve; the text is shown as it is."""


def say(text):
    """Tell the user what happens, without touching standard output."""
    print(text, file=sys.stderr, flush=True)


def lock_file(group):
    """Return the hash-locked requirements of a group."""
    return ROOT / "reintegratie" / "lock" / f"{group}.txt"


def venv_python():
    """Return the path of the interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def inside_venv():
    """Tell whether this process already runs in our own `.venv`."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def check_version():
    """Refuse an unsupported Python, or go on with a supported one that is on the PATH."""
    low, high = SUPPORTED
    if low <= sys.version_info[:2] <= high:
        return
    for minor in range(high[1], low[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            os.execv(other, [other, *sys.argv])
    raise BootstrapError(
        f"Python {low[0]}.{low[1]} tot en met {high[0]}.{high[1]} is nodig. Dit is Python {sys.version.split()[0]}."
    )


def is_complete(group):
    """Tell whether `.venv` holds exactly what the lock file of this group asks for."""
    stamp = VENV / f".{group}.txt"
    try:
        return stamp.read_bytes() == lock_file(group).read_bytes() and works()
    except OSError:
        return False


def works():
    """Tell whether the packages in `.venv` belong to the interpreter in it (a system upgrade breaks that)."""
    try:
        config = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    version = next((r.partition("=")[2].strip() for r in config.splitlines() if r.startswith("version")), "")
    minor = ".".join(version.split(".")[:2])
    real = venv_python().resolve()
    if not real.exists():
        return False
    # /usr/bin/python3 resolves to python3.13: the name then tells the version without starting it.
    tail = real.name[len("python") :]
    return tail == minor if tail.count(".") == 1 else True


@contextlib.contextmanager
def exclusive():
    """Let one bootstrap at a time work in this checkout; the lock is on the folder: no file stays behind."""
    if fcntl is None:
        yield
        return
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Een andere opdracht richt de omgeving al in. Even wachten ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def bootstrap(group):
    """Make `.venv` complete for this group and go on inside it."""
    if os.environ.get("REINTEGRATIE_ZONDER_VENV"):
        return
    if not inside_venv():
        check_version()
    if not is_complete(group):
        with exclusive():
            if not is_complete(group):
                fill_venv(group)
    if not inside_venv():
        os.execv(str(venv_python()), [str(venv_python()), *sys.argv])


def fill_venv(group):
    """Install the group; a half-made `.venv` of an earlier try is thrown away and made again."""
    if not os.access(ROOT, os.W_OK):
        raise BootstrapError(f"Geen schrijfrecht in {ROOT}. Zet het project in een map waar u mag schrijven.")
    say("Omgeving inrichten. De eerste keer duurt dat een halve minuut ...")
    fresh = not (venv_python().exists() and works())
    if fresh:
        make_venv()
    if not install(group):
        if fresh:
            raise BootstrapError("Het installeren is niet gelukt. De melding hierboven zegt waarom.")
        say("De omgeving was niet af. We maken haar opnieuw ...")
        make_venv()
        if not install(group):
            raise BootstrapError("Het installeren is niet gelukt. De melding hierboven zegt waarom.")
    for name in GROUPS[: GROUPS.index(group) + 1]:
        shutil.copyfile(lock_file(name), VENV / f".{name}.txt")


def install(group):
    """Install the locked packages with uv, or with pip where uv does not work; return whether it went."""
    python, uv = venv_python(), venv_python().with_name("uv")
    rest = ["install", "-q", "--require-hashes"]
    env = dict(os.environ, UV_SYSTEM_CERTS="1", UV_PYTHON_DOWNLOADS="never")
    if uv.exists():
        command = [uv, "pip", *rest, "--python", python, "-r", lock_file(group)]
        if run(command, env=env):
            return True
        say("uv lukte niet. We proberen het met pip; dat duurt langer ...")
    if not run([python, "-m", "pip", "--version"], quiet=True):
        run([python, "-m", "ensurepip"], quiet=True)
    return run([python, "-m", "pip", *rest, "--disable-pip-version-check", "-r", lock_file(group)])


def run(command, quiet=False, **kwargs):
    """Run a command, its output on standard error; return whether it succeeded."""
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} if quiet else {"stdout": sys.stderr}
    try:
        command = [str(c) for c in command]
        return subprocess.run(command, check=False, stdin=subprocess.DEVNULL, **streams, **kwargs).returncode == 0
    except OSError:
        return False


def make_venv():
    """Make an empty `.venv` with uv in it, also where Debian left out pip and ensurepip."""
    shutil.rmtree(VENV, ignore_errors=True)
    pip = ["install", "-q", "--disable-pip-version-check", UV]
    if make_venv_with_borrowed_pip(pip):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if run([sys.executable, "-m", "venv", VENV], quiet=True):
        if not run([venv_python(), "-m", "pip", *pip], quiet=True):
            say("uv is niet te krijgen. We gebruiken pip; dat duurt langer ...")
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if run([sys.executable, "-m", "venv", "--without-pip", VENV]):
        if run([sys.executable, "-m", "pip", "--python", venv_python(), *pip], quiet=True):
            return
        if install_uv_with_debian_pip(pip):
            return
    shutil.rmtree(VENV, ignore_errors=True)
    raise BootstrapError("Er is geen pip gevonden. Op Debian helpt: apt-get install python3-venv")


def make_venv_with_borrowed_pip(pip):
    """Use the pip that comes with Python without installing it, which saves two seconds; return whether it went."""
    try:
        import ensurepip

        wheel = glob.glob(f"{Path(ensurepip.__file__).parent}/_bundled/pip-*.whl")[0]
    except (ImportError, IndexError):
        return False
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder)
        return run([sys.executable, "-m", "venv", "--without-pip", VENV], quiet=True) and run(
            [venv_python(), "-m", "pip", *pip, "--no-compile"], quiet=True, env=dict(os.environ, PYTHONPATH=folder)
        )


def install_uv_with_debian_pip(pip):
    """Borrow pip from Debian's package without installing it, which needs no root."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # noqa: S103 - apt downloads as a user of its own
        for _ in range(2):
            if run(["apt-get", "download", "-qq", "python3-pip-whl"], quiet=True, cwd=folder):
                break
            if os.geteuid() == 0:
                run(["apt-get", "update", "-qq"], quiet=True)
        for deb in glob.glob(f"{folder}/*.deb"):
            run(["dpkg", "-x", deb, folder], quiet=True)
        for wheel in glob.glob(f"{folder}/usr/share/python-wheels/pip-*.whl"):
            if run([venv_python(), "-m", "pip", *pip], env=dict(os.environ, PYTHONPATH=wheel)):
                return True
    return False


def execute(argv):
    """Run one command in the complete environment."""
    command, rest = (argv[1], argv[2:]) if len(argv) > 1 else ("help", [])
    if command == "omgeving":  # for scripts: make the environment and say which interpreter to use
        group = rest[0] if rest else "app"
        if group not in GROUPS:
            raise BootstrapError(f"Onbekende groep {group}. Kies uit: {', '.join(GROUPS)}.")
        bootstrap(group)
        print(sys.executable)
        return
    bootstrap(GROUP_OF_COMMAND.get(command, "app"))
    sys.path.insert(0, str(ROOT))
    if command == "test":
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *rest])
    if command == "eisen":
        from tests.hulp.eisen import main
    elif command == "demo":
        from reintegratie.lokaal.start import main
    else:
        from reintegratie.lokaal.opdracht import main

        rest = argv
    sys.exit(main(rest))


if __name__ == "__main__":
    try:
        execute(sys.argv)
    except BootstrapError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)

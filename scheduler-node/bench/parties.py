"""What benchmarks have in common: processes that are started and ended together, and the processor time that they use."""
import os, re, shutil, signal, subprocess, sys, tempfile, time, urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
START = os.path.join(ROOT, "scheduler-node", "bin", "scheduler-node")
SERVICE = os.path.join(ROOT, "scheduler-node", "service", "target")
CLASSES = os.path.join(SERVICE, "test-classes") + ":" + os.path.join(SERVICE, "scheduler-node.jar")
LAB = os.path.join(ROOT, "load-generator", "target", "lab.jar")
TICK = os.sysconf("SC_CLK_TCK")


def tool(name):
    path = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")
    if not path:
        sys.exit(f"{name} is not installed")
    return path


def answers(url):
    def wait(_):
        try:
            return urllib.request.urlopen(urllib.request.Request(url, data=b"x"), timeout=1).status == 200
        except OSError:
            return False
    return wait


def says(text):
    return lambda log: text in open(log).read()


class Parties:
    """Processes, their logs, and a folder for both, which is removed if all went well."""

    def __init__(self):
        self.work = tempfile.mkdtemp(prefix="p2pfaas-bench-")
        self.started = []

    def __enter__(self):
        # Whoever ends a benchmark ends all that it started.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        return self

    def __exit__(self, failure, *_):
        self.end(*self.started)
        if failure is None:
            shutil.rmtree(self.work)

    def start(self, name, *command, wait=None, env=None):
        log = open(os.path.join(self.work, name + ".log"), "w")
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=env)
        self.started.append(process)
        for _ in range(3000):
            if process.poll() is not None:
                sys.exit(f"{name} ended: see {log.name}")
            if wait is None or wait(log.name):
                return process
            time.sleep(0.02)
        sys.exit(f"{name} is not ready: see {log.name}")

    def end(self, *processes):
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(30)
        self.started = [process for process in self.started if process not in processes]

    def mosquitto(self, port):
        laptop = open(os.path.join(ROOT, "broker-config", "mosquitto", "laptop.conf")).read()
        path = os.path.join(self.work, "mosquitto.conf")
        with open(path, "w") as conf:
            conf.write(re.sub(r"(?m)^listener .*$", f"listener {port} 127.0.0.1", laptop))
        return self.start("mosquitto", tool("mosquitto"), "-c", path, wait=says("running"))

    def node(self, name, port, broker, *more):
        return self.start(name, START, "node", "--id", name, "--http", f"127.0.0.1:{port}", "--broker",
                          f"mqtt://127.0.0.1:{broker}", *more, wait=says("ready at"))

    def load(self, rate, seconds, *urls):
        """The lab's calls at random times, dealt to these urls."""
        to = [word for url in urls for word in ("--url", url)]
        return self.start("load", "java", "-XX:+UseSerialGC", "-jar", LAB, "quick", "--rate", str(rate), "--warmup", "1s",
                          "--duration", f"{round(seconds)}s", *to)


def write_archive():
    """The start script's first start writes the class archive."""
    subprocess.run([START, "--version"], check=True, stdout=subprocess.DEVNULL)


def cpu_seconds(processes):
    """Processor time of these and their children so far, in steps of a hundredth of a second."""
    total = 0
    for process in processes:
        pids = [process.pid]
        try:
            pids += [int(p) for p in open(f"/proc/{process.pid}/task/{process.pid}/children").read().split()]
        except OSError:
            pass
        for pid in pids:
            fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def compiler_seconds(process):
    """Processor time of a JVM's compilers so far: it ends by itself, sooner or later."""
    total = 0
    for task in os.listdir(f"/proc/{process.pid}/task"):
        folder = f"/proc/{process.pid}/task/{task}"
        try:
            if "CompilerThre" in open(folder + "/comm").read():
                total += int(open(folder + "/schedstat").read().split()[0])
        except OSError:
            continue  # It has ended.
    return total / 1e9


def machine():
    return f"{time.strftime('%Y-%m-%d')} on {os.cpu_count()} cores, load average before the run {os.getloadavg()[0]:.1f}"


def put_into(page, marker, text):
    """Replaces what is between two comments of a page of docs."""
    path = os.path.join(ROOT, "docs", page)
    head, rest = open(path).read().split(f"<!-- {marker} -->\n", 1)
    tail = rest.split(f"<!-- /{marker} -->", 1)[1]
    open(path, "w").write(f"{head}<!-- {marker} -->\n{text}<!-- /{marker} -->{tail}")

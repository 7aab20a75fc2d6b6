"""The reference runner kept running for the bench: rules_saxon.py RUNNER XSD DOC RULES...

Writes `ready` once the rules are compiled; then, for each line read, checks the document and writes the seconds it took."""
import importlib.util, sys, time

runner, xsd, doc, *rules = sys.argv[1:]
spec = importlib.util.spec_from_file_location('runner', runner)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
validator = module.Validator(rules, xsd)
validator.check(doc)
print('ready', flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    validator.check(doc)
    print(time.perf_counter() - start, flush=True)

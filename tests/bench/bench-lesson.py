# SPDX-License-Identifier: GPL-3.0-or-later
"""The lesson that Bobbin comes from, in its own language: a pool of threads
downloads every link of a file, each into a file of the current folder.

    bench-lesson.py WORKERS FILE-WITH-LINKS
"""

import concurrent.futures
import json
import sys
import time

try:
    import requests

    def get(link):
        return requests.get(link).content

except ImportError:
    import urllib.request

    def get(link):
        with urllib.request.urlopen(link) as answer:
            return answer.read()


def download(link):
    name = link.split("/")[-1]
    with open(name, "wb") as file:
        file.write(get(link))
    return name


with open(sys.argv[2]) as lines:
    links = lines.read().split()

start = time.perf_counter()
with concurrent.futures.ThreadPoolExecutor(max_workers=int(sys.argv[1])) as executor:
    results = [executor.submit(download, link) for link in links]
    for result in concurrent.futures.as_completed(results):
        print(result.result(), "is downloaded")
finish = time.perf_counter()

print(json.dumps({"elapsed": finish - start}))

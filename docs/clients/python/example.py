"""Prints the caller's team with the state of each plan, as CSV: `python example.py 2026 > team.csv`.

KINERJA_URL, KINERJA_USER and KINERJA_PASSWORD say where and whose.
"""

import csv
import os
import sys

from kinerja_client import Client, Refused
from kinerja_client.operations import my_team, waiting_for_me


def main(period: str) -> None:
    """Write the caller's team of a period, and below it the plans that wait for the caller."""
    with Client(os.environ["KINERJA_URL"], language="id") as client:
        try:
            client.login(os.environ["KINERJA_USER"], os.environ["KINERJA_PASSWORD"])
        except Refused as refused:
            sys.exit(str(refused))
        me = client.run(my_team(period=period))["me"]
        out = csv.writer(sys.stdout)
        out.writerow(["Pegawai", "NIP", "SKP"])
        for person in me["employee"]["subordinates"] if me and me["employee"] else []:
            states = [plan["state"] for plan in person["plans"]["nodes"]]
            out.writerow([person["fullName"], person["nip"] or "", ", ".join(states) or "-"])
        waiting = client.pages(
            waiting_for_me(),
            lambda data: data["me"]["employee"]["evaluatedPlans"] if data["me"] and data["me"]["employee"] else None,
        )
        for plan in waiting:
            out.writerow(["Menunggu", plan["employee"]["fullName"] if plan["employee"] else "", plan["submittedAt"]])


if __name__ == "__main__":
    main(sys.argv[1])

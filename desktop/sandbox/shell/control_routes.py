"""The control surface's addresses (practice-control.md)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.domain.times import CHINA
from desktop.sandbox.control import bodies, faults, people
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.accounts import return_account, show_accounts
from desktop.sandbox.control.catalogue import put_item, show_items
from desktop.sandbox.control.log import show_log
from desktop.sandbox.control.monitor import figures, suspicions
from desktop.sandbox.control.phone import PhoneFilingBody, file_by_phone
from desktop.sandbox.control.terminal import TerminalBody, show_terminal, stand
from desktop.sandbox.exchange.vouchers import issue
from desktop.sandbox.insured_place.account import NothingToReturn
from desktop.sandbox.insured_place.new_filings import FilingRefused
from desktop.sandbox.shell.service import Service

B = TypeVar("B")
Answer = Callable[["Asked"], object]


@dataclass(frozen=True, slots=True)
class Asked:
    """One control call."""

    service: Service
    body: bytes
    path: dict[str, str]
    query: dict[str, str]

    def read(self, kind: type[B]) -> B:
        return bodies.read_body(kind, self.body)

    @property
    def certno(self) -> str:
        return bodies.read_text(bodies.Certificate, "certno", self.path["certno"])


def _reset(asked: Asked) -> object:
    asked.service.reset()
    return {"reset": True}


def _options(asked: Asked) -> object:
    return faults.change_options(asked.service.state, asked.read(bodies.OptionsBody))


def _clock(asked: Asked) -> object:
    service = asked.service
    return {
        "now": service.business_now().replace(microsecond=0),
        "moved": service.state.options.business_now is not None,
        "real": service.now().replace(microsecond=0),
    }


def _set_clock(asked: Asked) -> object:
    control.change_clock(asked.service.state, asked.read(bodies.ClockBody))
    return _clock(asked)


def _area(asked: Asked) -> object:
    area = bodies.read_text(bodies.AreaText, "area", asked.path["area"])
    return control.change_area(asked.service.state, area, asked.read(bodies.AreaBody))


def _institution(asked: Asked) -> object:
    code = bodies.read_text(bodies.InstitutionCode, "fixmedins_code", asked.path["code"])
    body = asked.read(bodies.InstitutionBody)
    return control.change_institution(asked.service.state, code, body)


def _put_person(asked: Asked) -> object:
    body = asked.read(bodies.PersonBody)
    return people.put_person(asked.service.state, asked.certno, body)


def _person(asked: Asked) -> object:
    return people.show_person(asked.service.state, asked.certno)


def _filing(asked: Asked) -> object:
    service = asked.service
    body = asked.read(bodies.FilingBody)
    today = service.business_now().date()
    return control.add_filing(service.state, service.platform.policies, asked.certno, body, today)


def _phone_filing(asked: Asked) -> object:
    service, body = asked.service, asked.read(PhoneFilingBody)
    today = service.business_now().date()
    return file_by_phone(service.state, service.platform.policies, body, today)


def _audit(asked: Asked) -> object:
    service, body = asked.service, asked.read(bodies.AuditBody)
    policies, today = service.platform.policies, service.business_now().date()
    return control.audit_filing(service.state, policies, asked.certno, body, today)


def _elsewhere(asked: Asked) -> object:
    body = asked.read(bodies.ElsewhereBody)
    return control.use_elsewhere(asked.service.state, asked.certno, body)


def _item(asked: Asked) -> object:
    code = bodies.read_text(bodies.ItemCode, "med_list_codg", asked.path["code"])
    today = asked.service.business_now().date()
    return put_item(asked.service.state, code, asked.read(bodies.ItemBody), today)


def _items(asked: Asked) -> object:
    return show_items(asked.service.state)


def _voucher(asked: Asked) -> object:
    service = asked.service
    who = people.find_person(service.state, asked.read(bodies.VoucherBody).certno)
    voucher = issue(service.state, who, service.now())
    return {"qr": voucher.qr, "expires": voucher.expires.replace(tzinfo=CHINA)}


def _terminal(asked: Asked) -> object:
    return show_terminal(asked.service.state)


def _stand(asked: Asked) -> object:
    return stand(asked.service.state, asked.read(TerminalBody))


def _faults(asked: Asked) -> object:
    return {"faults": faults.waiting_faults(asked.service.state)}


def _add_fault(asked: Asked) -> object:
    faults.add_fault(asked.service.state, asked.read(bodies.FaultBody))
    return _faults(asked)


def _clear_faults(asked: Asked) -> object:
    asked.service.state.faults.clear()
    return _faults(asked)


def _settlements(asked: Asked) -> object:
    return control.settlements(asked.service.state, asked.query.get("certno"))


def _accounts(asked: Asked) -> object:
    return show_accounts(asked.service.state, asked.query.get("certno"))


def _return_account(asked: Asked) -> object:
    service = asked.service
    return return_account(service.state, asked.path["setl_id"], service.business_now())


def _log(asked: Asked) -> object:
    msgid, limit = asked.query.get("msgid"), asked.query.get("limit")
    return show_log(asked.service.platform.log, msgid, limit)


def _figures(asked: Asked) -> object:
    return figures(asked.service.state, asked.service.platform.log)


def _suspicions(asked: Asked) -> object:
    return suspicions(asked.service.state)


CALLS: Final[tuple[tuple[str, str, Answer], ...]] = (
    ("POST", "/practice/reset", _reset),
    ("PUT", "/practice/options", _options),
    ("GET", "/practice/clock", _clock),
    ("PUT", "/practice/clock", _set_clock),
    ("PUT", "/practice/areas/{area}", _area),
    ("PUT", "/practice/institutions/{code}", _institution),
    ("PUT", "/practice/people/{certno}", _put_person),
    ("GET", "/practice/people/{certno}", _person),
    ("POST", "/practice/people/{certno}/filings", _filing),
    ("POST", "/practice/people/{certno}/filings/audit", _audit),
    ("POST", "/practice/filings", _phone_filing),
    ("POST", "/practice/people/{certno}/elsewhere", _elsewhere),
    ("GET", "/practice/catalogue", _items),
    ("PUT", "/practice/catalogue/{code}", _item),
    ("POST", "/practice/vouchers", _voucher),
    ("GET", "/practice/terminal", _terminal),
    ("PUT", "/practice/terminal", _stand),
    ("GET", "/practice/faults", _faults),
    ("POST", "/practice/faults", _add_fault),
    ("DELETE", "/practice/faults", _clear_faults),
    ("GET", "/practice/settlements", _settlements),
    ("POST", "/practice/settlements/{setl_id}/account-return", _return_account),
    ("GET", "/practice/accounts", _accounts),
    ("GET", "/practice/log", _log),
    ("GET", "/practice/figures", _figures),
    ("GET", "/practice/suspicions", _suspicions),
)


def control_routes(service: Service) -> list[Route]:
    return [Route(path, _endpoint(service, call), methods=[method]) for method, path, call in CALLS]


def _endpoint(service: Service, call: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        query = dict(request.query_params)
        asked = Asked(service, await request.body(), dict(request.path_params), query)
        return _called(call, asked)

    return endpoint


def _called(call: Answer, asked: Asked) -> Response:
    """The answer, on disk before it goes out; a refusal with its reason."""
    try:
        told = bodies.write_body(call(asked))
    except bodies.Malformed as error:
        return _json(bodies.write_body({"error": error.why, "field": error.field}), 422)
    except people.NotThere:
        return _json(bodies.write_body({"error": "unknown person", "field": "certno"}), 404)
    except (FilingRefused, NothingToReturn) as error:
        return _json(bodies.write_body({"error": str(error), "reason": str(error)}), 409)
    asked.service.saved()
    return _json(told, 200)


def _json(body: bytes, status: int) -> Response:
    return Response(body, status, media_type="application/json")

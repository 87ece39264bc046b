"""The staff API: what the console asks of the gateway."""

from fastapi import APIRouter, Depends

from gateway.staff import erasing_api, handover_api, helped_api, replay_api, switch_api
from gateway.staff.access import staff_only

routes = APIRouter(prefix="/staff", dependencies=[Depends(staff_only)])
for part in (switch_api, handover_api, helped_api, erasing_api, replay_api):
    routes.include_router(part.routes)

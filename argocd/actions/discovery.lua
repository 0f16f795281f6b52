local phase = (obj.status or {}).phase
local succeeded = phase == "Succeeded"
local failed = phase == "Failed"
local goes = not succeeded and not failed and phase ~= "Finishing"
local suspended = obj.spec.suspend == true
local stays = obj.metadata.deletionTimestamp == nil

local function when(possible, name, icon)
  return { disabled = not (possible and stays), displayName = name, iconClass = "fa fa-fw " .. icon }
end

return {
  retry = when(failed, "Retry what is not finished", "fa-redo"),
  rerun = when(succeeded or failed, "Run everything anew", "fa-sync"),
  cancel = when(goes, "Cancel, and end the cluster", "fa-stop"),
  suspend = when(goes and not suspended, "Suspend, and end the cluster", "fa-pause"),
  resume = when(suspended and not succeeded and not failed, "Resume", "fa-play"),
}

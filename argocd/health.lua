-- Degraded only where nothing more will happen by itself: Argo CD ends a sync wave with it.
local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end

local function holds(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

local function said(type)
  return conditions[type].reason .. ": " .. conditions[type].message
end

local function isAsked(request)
  local asked = (obj.metadata.annotations or {})["finance.emr-operator.dev/" .. request .. "-requested-at"]
  return asked ~= nil and asked ~= (status.handledRequests or {})[request]
end

local function progressing(message)
  return { status = "Progressing", message = message }
end

-- What hinders the first look at an object is said of it before its generation counts as observed.
if holds("Reconciling") and conditions["Reconciling"].observedGeneration == obj.metadata.generation then
  return progressing(said("Reconciling"))
end
if status.observedGeneration ~= obj.metadata.generation then
  return progressing("waits for the operator to see this generation")
end
if holds("Stalled") or holds("Ready") then
  for _, request in ipairs({ "rerun", "retry" }) do
    if isAsked(request) then
      return progressing("waits for the operator to hear the " .. request .. " request")
    end
  end
end
if holds("Stalled") then
  return { status = "Degraded", message = said("Stalled") }
end
if holds("Ready") then
  return { status = "Healthy", message = said("Ready") }
end
if status.phase == "Suspended" and obj.spec.suspend == true then
  return { status = "Suspended", message = status.message }
end
return progressing("goes on")

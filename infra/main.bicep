targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('The name of the azd environment. Names of resources derive from it.')
param environmentName string

@minLength(1)
@description('The Azure region of every resource.')
param location string

@description('Tags of every resource, beside azd-env-name.')
param tags object = {}

@maxLength(260)
@description('The queue that restart requests are sent to.')
param queueName string = 'restart-requests'

@description('True to carry out the requests for one host in the order in which they were sent: senders set the SessionId to the host. It cannot be changed on an existing queue.')
param sessions bool = false

@description('False to restart hosts for real: those that an inventory opts in, by an identity that may. True records what would be restarted.')
param dryRun bool = true

@description('The inventory file beside host.json that is deployed with the app, as inventory.json; empty for none, and nothing to restart.')
param inventoryFile string = ''

@description('The resource ids of the resource groups whose machines the app may restart, as /subscriptions/ID/resourceGroups/NAME, separated by commas. None by default.')
param targetResourceGroups string = ''

@description('How long a host is left alone by other requests after a restart; 00:00:00 for not at all.')
param guardCoolDown string = '00:10:00'

@minValue(0)
@maxValue(100000)
@description('How many restarts a group of hosts may have within guardBudgetSpan; 0 for any number.')
param guardBudget int = 10

@description('The sliding span of the budget, up to 7 days.')
param guardBudgetSpan string = '01:00:00'

@minValue(0)
@maxValue(100000)
@description('How many hosts of a group may be restarted at the same time; 0 for any number.')
param guardConcurrency int = 2

@minValue(0)
@maxValue(1000)
@description('After how many restarts of a host within a day the next request for it is dead-lettered, because they do not help; 0 for never.')
param guardIneffectiveAfter int = 5

@description('How old a request may be when its restart begins; 00:00:00 for any age. Older ones are dead-lettered.')
param guardMaxAge string = '1.00:00:00'

@description('When restarts may begin, as Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00. Empty for always.')
param guardWindow string = ''

@description('The time zone of the window, as Europe/Berlin.')
param guardTimeZone string = 'UTC'

@description('True to restart hosts at random, by a timer that wakes the app every minute: those of Mayhem__Scheduler__Hosts, as often as Mayhem__Scheduler__Mean says, both in appSettings.')
param scheduleRestarts bool = false

@description('More app settings, by name, as Mayhem__Retry__Deadline. Those that the templates set themselves stay as they are.')
param appSettings object = {}

@description('The object id of who operates Mayhem: may send requests, look into the queue, and with operatorName open the ledger. Empty for whoever deploys.')
param operatorPrincipalId string = ''

@description('The object id of who deploys. azd fills it in; empty for nobody.')
param deployerPrincipalId string = ''

@description('The name that the operator has in Entra, as ops@example.net or the name of a group; makes the operator an administrator of the ledger\'s server. Empty for not.')
param operatorName string = ''

@allowed(['User', 'Group', 'ServicePrincipal'])
@description('What the operator is.')
param operatorType string = 'User'

@description('The address that alerts are sent to. Empty sends them to the owners of the subscription.')
param alertEmail string = ''

@description('An alert is raised when a message has been waiting for so many minutes. A handler may take 30 by default.')
@minValue(1)
@maxValue(1440)
param oldestMessageMinutes int = 45

@description('An alert is raised when a host is restarted so often in an hour.')
@minValue(2)
@maxValue(100)
param restartStormCount int = 3

@allowed([512, 2048, 4096])
@description('Memory of one function instance in MB.')
param instanceMemoryMB int = 2048

@minValue(40)
@maxValue(1000)
@description('The most instances that the plan scales out to.')
param maximumInstanceCount int = 40

@minValue(0)
@maxValue(20)
@description('Instances that run also when there is nothing to do, so that no request waits for a start. They are paid for around the clock. With zoneRedundant 0, or 2 and more.')
param alwaysReadyInstances int = 0

@allowed(['Standard', 'Premium'])
@description('The tier of the Service Bus namespace. It cannot be changed on an existing namespace.')
param serviceBusSku string = 'Standard'

@allowed([1, 2, 4, 8, 16])
@description('Messaging units of a Premium namespace.')
param messagingUnits int = 1

@description('True to reach Service Bus, storage and the ledger through private endpoints only. The namespace is Premium then, whatever serviceBusSku says.')
param privateNetworking bool = false

@description('The addresses of the virtual network for private endpoints: a /24 or larger that nobody else uses.')
param networkAddressPrefix string = '10.71.0.0/24'

@description('True to spread everything over availability zones: a standby of the ledger, copies of storage, instances, and the namespace if it is Premium.')
param zoneRedundant bool = false

@allowed(['Standard_B1ms', 'Standard_B2s', 'Standard_D2ds_v5'])
@description('The size of the ledger\'s PostgreSQL server. Each instance needs a connection: B1ms has 35 of them, B2s 414, D2ds_v5 844. With zoneRedundant it is D2ds_v5.')
param ledgerSku string = 'Standard_B2s'

@minValue(7)
@maxValue(35)
@description('How long backups of the ledger are kept, in days.')
param ledgerBackupDays int = 14

@minValue(30)
@maxValue(730)
@description('How long telemetry is kept, in days. The first 31 days, and 90 of Application Insights, are free.')
param logRetentionDays int = 90

@minValue(-1)
@maxValue(1000)
@description('The most telemetry taken in a day, in GB; -1 for no limit. Beyond it alerts see nothing.')
param dailyLogCapGB int = 5

@description('True to guard the namespace, the ledger and the telemetry against deletion. See the README on how to tear down.')
param deleteLocks bool = true

@minValue(1)
@description('What everything may cost in a month, in the currency of the bill. Mail is sent at 80 % of it, and when the forecast exceeds it.')
param monthlyBudget int = 150

@description('The first day of the month that the budget begins in.')
param budgetStart string = utcNow('yyyy-MM-01')

var allTags = union(tags, { 'azd-env-name': environmentName })
var suffix = uniqueString(subscription().id, environmentName, location)

var targetIds = empty(targetResourceGroups) ? [] : split(targetResourceGroups, ',')

var ledgerServer = zoneRedundant ? 'Standard_D2ds_v5' : ledgerSku
var ledgerConnections = {
  Standard_B1ms: 35
  Standard_B2s: 414
  Standard_D2ds_v5: 844
}

var app = {
  objectId: identity.outputs.principalId
  name: identity.outputs.name
  type: 'ServicePrincipal'
}
var operatorId = empty(operatorPrincipalId) ? deployerPrincipalId : operatorPrincipalId
var operators = empty(operatorId) || empty(operatorName) ? [] : [
  {
    objectId: operatorId
    name: operatorName
    type: operatorType
  }
]

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-mayhem-${suffix}'
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-mayhem-${suffix}'
    componentName: 'appi-mayhem-${suffix}'
    location: location
    tags: allTags
    principalId: identity.outputs.principalId
    retentionDays: logRetentionDays
    dailyCapGB: dailyLogCapGB
    deleteLock: deleteLocks
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${suffix}'
    location: location
    tags: allTags
    principalId: identity.outputs.principalId
    zoneRedundant: zoneRedundant
    publicAccess: !privateNetworking
    workspaceId: monitoring.outputs.workspaceId
  }
}

module serviceBus 'modules/servicebus.bicep' = {
  name: 'servicebus'
  scope: group
  params: {
    name: 'sb-mayhem-${suffix}'
    queueName: queueName
    requiresSession: sessions
    sku: privateNetworking ? 'Premium' : serviceBusSku
    messagingUnits: messagingUnits
    zoneRedundant: zoneRedundant
    publicAccess: !privateNetworking
    location: location
    tags: allTags
    principalId: identity.outputs.principalId
    operatorPrincipalId: operatorId
    workspaceId: monitoring.outputs.workspaceId
    deleteLock: deleteLocks
  }
}

module ledger 'modules/ledger.bicep' = {
  name: 'ledger'
  scope: group
  params: {
    name: 'psql-mayhem-${suffix}'
    databaseName: 'mayhem'
    location: location
    tags: allTags
    administrators: concat([app], operators)
    sku: ledgerServer
    zoneRedundant: zoneRedundant
    backupDays: ledgerBackupDays
    publicAccess: !privateNetworking
    workspaceId: monitoring.outputs.workspaceId
    deleteLock: deleteLocks
  }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-mayhem-${suffix}'
    location: location
    tags: allTags
    addressPrefix: networkAddressPrefix
  }
}

// Known before anything is deployed, as what is looped over must be.
var endpoints = [
  {
    name: 'servicebus'
    groupId: 'namespace'
    zone: 'privatelink.servicebus.windows.net'
  }
  {
    name: 'blobs'
    groupId: 'blob'
    zone: 'privatelink.blob.${environment().suffixes.storage}'
  }
  {
    name: 'tables'
    groupId: 'table'
    zone: 'privatelink.table.${environment().suffixes.storage}'
  }
  {
    name: 'ledger'
    groupId: 'postgresqlServer'
    zone: 'privatelink.postgres.database.azure.com'
  }
]

module privateEndpoints 'modules/privateendpoint.bicep' = [for endpoint in endpoints: if (privateNetworking) {
  name: 'endpoint-${endpoint.name}'
  scope: group
  params: {
    name: 'pep-mayhem-${endpoint.name}-${suffix}'
    targetId: endpoint.name == 'servicebus' ? serviceBus.outputs.id : endpoint.name == 'ledger' ? ledger.outputs.id : storage.outputs.id
    groupId: endpoint.groupId
    zoneName: endpoint.zone
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
    location: location
    tags: allTags
  }
}]

module functionApp 'modules/functionapp.bicep' = {
  name: 'functionapp'
  scope: group
  params: {
    name: 'func-mayhem-${suffix}'
    planName: 'plan-mayhem-${suffix}'
    location: location
    tags: allTags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    serviceBusHostName: serviceBus.outputs.hostName
    queueName: queueName
    ledgerHostName: ledger.outputs.hostName
    ledgerDatabaseName: ledger.outputs.databaseName
    ledgerRoleName: identity.outputs.name
    ledgerPoolSize: max(1, min(20, ledgerConnections[ledgerServer] / maximumInstanceCount))
    dryRun: dryRun
    inventoryFile: inventoryFile
    guardCoolDown: guardCoolDown
    guardBudget: guardBudget
    guardBudgetSpan: guardBudgetSpan
    guardConcurrency: guardConcurrency
    guardIneffectiveAfter: guardIneffectiveAfter
    guardMaxAge: guardMaxAge
    guardWindow: guardWindow
    guardTimeZone: guardTimeZone
    scheduleRestarts: scheduleRestarts
    moreSettings: appSettings
    sessions: sessions
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    zoneRedundant: zoneRedundant
    workspaceId: monitoring.outputs.workspaceId
  }
  // The app looks for what it needs as soon as it is there.
  dependsOn: [privateEndpoints]
}

module restartRoles 'modules/restartrole.bicep' = [for id in targetIds: {
  name: 'mayhem-restarts-${uniqueString(id, environmentName)}'
  scope: resourceGroup(split(id, '/')[2], split(id, '/')[4])
  params: {
    roleName: 'Mayhem restarts in ${split(id, '/')[4]} (${environmentName}, ${suffix})'
    principalId: identity.outputs.principalId
  }
}]

module operationsRoles 'modules/operationsrole.bicep' = [for subscriptionId in union(map(targetIds, id => split(id, '/')[2]), []): {
  name: 'mayhem-operations-${uniqueString(subscriptionId, environmentName)}'
  scope: subscription(subscriptionId)
  params: {
    roleName: 'Mayhem follows operations in ${subscriptionId} (${environmentName}, ${suffix})'
    principalId: identity.outputs.principalId
  }
}]

module actionGroup 'modules/actiongroup.bicep' = {
  name: 'actiongroup'
  scope: group
  params: {
    name: 'ag-mayhem-${suffix}'
    email: alertEmail
    tags: allTags
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: allTags
    componentId: monitoring.outputs.componentId
    workspaceId: monitoring.outputs.workspaceId
    namespaceId: serviceBus.outputs.id
    queueName: queueName
    ledgerId: ledger.outputs.id
    actionGroupId: actionGroup.outputs.id
    oldestMessageMinutes: oldestMessageMinutes
    restartStormCount: restartStormCount
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    location: location
    tags: allTags
    componentId: monitoring.outputs.componentId
    namespaceId: serviceBus.outputs.id
  }
}

module budget 'modules/budget.bicep' = {
  name: 'budget'
  scope: group
  params: {
    name: 'budget-mayhem-${suffix}'
    amount: monthlyBudget
    startDate: budgetStart
    actionGroupId: actionGroup.outputs.id
  }
}

@description('The host name of the Service Bus namespace, to send requests to.')
output SERVICEBUS_HOST string = serviceBus.outputs.hostName

@description('The queue, to send requests to.')
output SERVICEBUS_QUEUE string = queueName

@description('The name of the function app.')
output FUNCTION_APP string = functionApp.outputs.name

@description('The name of the Application Insights component, where the workbook is.')
output APPLICATION_INSIGHTS string = monitoring.outputs.componentName

@description('The host name of the PostgreSQL server that holds the ledger.')
output LEDGER_HOST string = ledger.outputs.hostName

@description('The resource group.')
output RESOURCE_GROUP string = group.name

targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('The name of the azd environment. Names of resources derive from it.')
param environmentName string

@minLength(1)
@description('The Azure region of every resource.')
param location string

@description('The queue that restart requests are sent to.')
param queueName string = 'restart-requests'

@description('True to carry out the requests for one host in the order in which they were sent: senders set the SessionId to the host. It cannot be changed on an existing queue.')
param sessions bool = false

@allowed([512, 2048, 4096])
@description('Memory of one function instance in MB.')
param instanceMemoryMB int = 2048

@minValue(40)
@maxValue(1000)
@description('The most instances that the plan scales out to.')
param maximumInstanceCount int = 40

var tags = { 'azd-env-name': environmentName }
var suffix = toLower(uniqueString(subscription().id, environmentName, location))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-mayhem-${suffix}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-mayhem-${suffix}'
    componentName: 'appi-mayhem-${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module serviceBus 'modules/servicebus.bicep' = {
  name: 'servicebus'
  scope: group
  params: {
    name: 'sb-mayhem-${suffix}'
    queueName: queueName
    requiresSession: sessions
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module functionApp 'modules/functionapp.bicep' = {
  name: 'functionapp'
  scope: group
  params: {
    name: 'func-mayhem-${suffix}'
    planName: 'plan-mayhem-${suffix}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    serviceBusHostName: serviceBus.outputs.hostName
    queueName: queueName
    sessions: sessions
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
  }
}

@description('The host name of the Service Bus namespace, to send requests to.')
output SERVICEBUS_HOST string = serviceBus.outputs.hostName

@description('The queue, to send requests to.')
output SERVICEBUS_QUEUE string = queueName

@description('The name of the function app.')
output FUNCTION_APP string = functionApp.outputs.name

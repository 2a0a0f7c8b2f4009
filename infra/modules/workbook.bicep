@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The resource id of the Application Insights component that the workbook belongs to.')
param componentId string

@description('The resource id of the Service Bus namespace whose metrics it shows.')
param namespaceId string

// Each query is a file of its own; workbook.json names it where its text belongs.
var queries = [
  {
    name: 'audit'
    text: loadTextContent('../workbook/audit.kql')
  }
  {
    name: 'dead-letter-rate'
    text: loadTextContent('../workbook/dead-letter-rate.kql')
  }
  {
    name: 'dead-letter-reasons'
    text: loadTextContent('../workbook/dead-letter-reasons.kql')
  }
  {
    name: 'failures-by-class'
    text: loadTextContent('../workbook/failures-by-class.kql')
  }
  {
    name: 'failures-by-fingerprint'
    text: loadTextContent('../workbook/failures-by-fingerprint.kql')
  }
  {
    name: 'latency'
    text: loadTextContent('../workbook/latency.kql')
  }
  {
    name: 'lock-losses'
    text: loadTextContent('../workbook/lock-losses.kql')
  }
  {
    name: 'lock-renewals'
    text: loadTextContent('../workbook/lock-renewals.kql')
  }
  {
    name: 'new-fingerprints'
    text: loadTextContent('../workbook/new-fingerprints.kql')
  }
  {
    name: 'restarts-per-host'
    text: loadTextContent('../workbook/restarts-per-host.kql')
  }
  {
    name: 'retries-by-delay'
    text: loadTextContent('../workbook/retries-by-delay.kql')
  }
  {
    name: 'spool'
    text: loadTextContent('../workbook/spool.kql')
  }
  {
    name: 'timeline'
    text: loadTextContent('../workbook/timeline.kql')
  }
  {
    name: 'top-hosts'
    text: loadTextContent('../workbook/top-hosts.kql')
  }
]

var withResources = replace(replace(loadTextContent('../workbook/workbook.json'), '@component', componentId), '@namespace', namespaceId)

// A text in an array is written as JSON, with everything escaped; its brackets are cut off again.
var document = reduce(queries, withResources, (text, query) => replace(text, '"@${query.name}.kql"', substring(string([query.text]), 1, length(string([query.text])) - 2)))

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'mayhem-workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'Mayhem'
    description: 'Failures, retries, dead letters, locks, latency, restarts and telemetry of Mayhem.'
    sourceId: componentId
    version: 'Notebook/1.0'
    serializedData: document
  }
}

@description('The resource id of the workbook.')
output id string = workbook.id

@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The resource id of the Application Insights component.')
param componentId string

@description('The resource id of the Log Analytics workspace.')
param workspaceId string

@description('The resource id of the Service Bus namespace.')
param namespaceId string

@description('The queue that restart requests come from.')
param queueName string

@description('The resource id of the PostgreSQL server that holds the ledger.')
param ledgerId string

@description('Who is told.')
param actionGroupId string

@description('How many minutes a message may wait.')
param oldestMessageMinutes int

@description('How many restarts of a host in an hour are a storm.')
param restartStormCount int

// Severity: 0 critical, 1 error, 2 warning, 3 informational. Each name is a heading in docs/runbook.md.
var metricRules = [
  {
    name: 'dead-letters'
    description: 'Messages were given up and wait in the dead-letter queue.'
    severity: 2
    of: 'queue'
    metric: 'DeadletteredMessages'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT5M'
  }
  {
    name: 'backlog'
    description: 'The queue has not been empty at any moment of an hour.'
    severity: 2
    of: 'queue'
    metric: 'ActiveMessages'
    aggregation: 'Minimum'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT1H'
  }
  {
    name: 'throttling'
    description: 'Service Bus turns requests away because there are too many.'
    severity: 3
    of: 'namespace'
    metric: 'ThrottledRequests'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'ledger-down'
    description: 'The PostgreSQL server of the ledger does not answer.'
    severity: 1
    of: 'ledger'
    metric: 'is_db_alive'
    aggregation: 'Maximum'
    operator: 'LessThan'
    threshold: 1
    window: 'PT5M'
  }
  {
    name: 'ledger-full'
    description: 'The disk of the ledger is nearly full.'
    severity: 2
    of: 'ledger'
    metric: 'storage_percent'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 85
    window: 'PT15M'
  }
]

var logRules = [
  {
    name: 'process-fatal'
    description: 'A worker ended itself after a failure that no handler survives.'
    severity: 1
    query: loadTextContent('../alerts/process-fatal.kql')
    measure: 'Ends'
    above: 0
    dimension: ''
    window: 'PT5M'
    lookBack: ''
    every: 'PT5M'
  }
  {
    name: 'telemetry-silence'
    description: 'Messages came in, and nothing was heard of the app.'
    severity: 1
    query: loadTextContent('../alerts/telemetry-silence.kql')
    measure: 'Silent'
    above: 0
    dimension: ''
    window: 'PT30M'
    lookBack: ''
    every: 'PT15M'
  }
  {
    name: 'restart-storm'
    description: 'A host was restarted again and again within an hour.'
    severity: 1
    query: loadTextContent('../alerts/restart-storm.kql')
    measure: 'Restarts'
    above: restartStormCount - 1
    dimension: 'Host'
    window: 'PT1H'
    lookBack: ''
    every: 'PT5M'
  }
  {
    name: 'oldest-message'
    description: 'A message has been waiting for too long.'
    severity: 2
    query: loadTextContent('../alerts/oldest-message.kql')
    measure: 'Minutes'
    above: oldestMessageMinutes
    dimension: 'Queue'
    window: 'PT15M'
    lookBack: ''
    every: 'PT15M'
  }
  {
    name: 'lock-losses'
    description: 'Locks of messages ended while the messages were handled.'
    severity: 2
    query: loadTextContent('../alerts/lock-losses.kql')
    measure: 'Losses'
    above: 0
    dimension: ''
    window: 'PT15M'
    lookBack: ''
    every: 'PT15M'
  }
  {
    name: 'spool-growth'
    description: 'Reports do not reach their destination, and pile up.'
    severity: 2
    query: loadTextContent('../alerts/spool-growth.kql')
    measure: 'Growth'
    above: 0
    dimension: 'Sink'
    window: 'PT30M'
    lookBack: ''
    every: 'PT15M'
  }
  {
    name: 'budget-exhausted'
    description: 'A group of hosts has had as many restarts as it may have; requests for it wait.'
    severity: 2
    query: loadTextContent('../alerts/budget-exhausted.kql')
    measure: 'Refusals'
    above: 0
    dimension: 'Group'
    window: 'PT15M'
    lookBack: ''
    every: 'PT15M'
  }
  {
    name: 'kill-switch'
    description: 'An operator has halted all restarts; requests wait.'
    severity: 2
    query: loadTextContent('../alerts/kill-switch.kql')
    measure: 'Minutes'
    above: 0
    dimension: ''
    window: 'PT5M'
    lookBack: ''
    every: 'PT5M'
  }
  {
    name: 'new-fingerprint'
    description: 'Something fails in a way that was not seen in the last two days.'
    severity: 3
    query: loadTextContent('../alerts/new-fingerprint.kql')
    measure: 'Failures'
    above: 0
    dimension: 'Fingerprint'
    window: 'PT1H'
    lookBack: 'P2D'
    every: 'PT15M'
  }
]

resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [for rule in metricRules: {
  name: 'mayhem-${rule.name}'
  location: 'global'
  tags: tags
  properties: {
    description: rule.description
    severity: rule.severity
    enabled: true
    scopes: [rule.of == 'ledger' ? ledgerId : namespaceId]
    evaluationFrequency: 'PT5M'
    windowSize: rule.window
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: rule.name
          metricNamespace: rule.of == 'ledger' ? 'Microsoft.DBforPostgreSQL/flexibleServers' : 'Microsoft.ServiceBus/namespaces'
          metricName: rule.metric
          timeAggregation: rule.aggregation
          operator: rule.operator
          threshold: rule.threshold
          dimensions: rule.of == 'queue' ? [
            {
              name: 'EntityName'
              operator: 'Include'
              values: [queueName]
            }
          ] : []
        }
      ]
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}]

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in logRules: {
  name: 'mayhem-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'mayhem-${rule.name}'
    description: rule.description
    severity: rule.severity
    enabled: true
    // Metrics and telemetry meet in the workspace only.
    scopes: [rule.name == 'telemetry-silence' ? workspaceId : componentId]
    targetResourceTypes: [rule.name == 'telemetry-silence' ? 'Microsoft.OperationalInsights/workspaces' : 'Microsoft.Insights/components']
    evaluationFrequency: rule.every
    windowSize: rule.window
    overrideQueryTimeRange: empty(rule.lookBack) ? null : rule.lookBack
    autoMitigate: true
    // Tables appear with their first row, which is later than the alert.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Total'
          metricMeasureColumn: rule.measure
          operator: 'GreaterThan'
          threshold: rule.above
          dimensions: empty(rule.dimension) ? [] : [
            {
              name: rule.dimension
              operator: 'Include'
              values: ['*']
            }
          ]
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}]

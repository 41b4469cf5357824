/** What the front page of a municipality asks for: README's "one question", and then its open competitions. */
export const page: readonly string[] = [
  `{
  municipality(number: "3118") {
    name
    mergedFrom { name }
    tenders(first: 5) {
      nodes {
        title
        buyer { name }
        awards { supplier { name trainings(first: 3) { nodes { title completedOn } } } }
        procurement {
          need { title }
          dialogue { title events(first: 3) { nodes { title startsAt } } }
        }
      }
      totalCount
    }
    suppliers(first: 5) { nodes { name } }
    events(first: 5) { nodes { title } }
  }
}`,
  `{
  tenders(filter: { status: [ACTIVE], municipality: "3118" }, orderBy: DEADLINE_ASC, first: 10) {
    totalCount
    nodes {
      title
      deadline
      estimatedValue
      lots { title criteria { type name weight } }
    }
  }
}`,
];

/** What all line and point figures share: white ground, readable type, room for the labels. */
export const frame = {
  style: { fontSize: '12px', background: 'white' },
  marginTop: 28,
  marginLeft: 62,
  marginBottom: 46,
  marginRight: 24,
} as const;
